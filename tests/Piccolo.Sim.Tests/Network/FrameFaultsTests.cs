using Piccolo.Ndn;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Network;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Network;

public class FrameFaultsTests
{
    private const int Frames = 200_000;

    [Fact]
    public void Faults_happen_at_their_rates_and_independently()
    {
        FrameFaults faults = FrameFaults.Create(
            new FaultSettings { CorruptionRate = 0.02, DuplicationRate = 0.1, ReorderRate = 0.3, ReorderDelayNs = 77 })!;
        IRandomSource random = new RandomStreams(3).For("test.faults");
        int corrupted = 0, duplicated = 0, late = 0, lateAndTwice = 0;
        for (int i = 0; i < Frames; i++)
        {
            FrameFate fate = faults.Decide(100, random);
            corrupted += fate.IsCorrupted ? 1 : 0;
            duplicated += fate.IsDuplicated ? 1 : 0;
            late += fate.ExtraDelayNs == 77 ? 1 : 0;
            lateAndTwice += fate is { IsDuplicated: true, ExtraDelayNs: 77 } ? 1 : 0;
            Assert.True(fate.ExtraDelayNs is 0 or 77);
        }

        Confidence.Share(0.02, corrupted, Frames);
        Confidence.Share(0.1, duplicated, Frames);
        Confidence.Share(0.3, late, Frames);
        Confidence.Share(0.03, lateAndTwice, Frames);
    }

    [Fact]
    public void Corruption_flips_one_bit_and_each_bit_is_as_likely()
    {
        FrameFaults faults = FrameFaults.Create(new FaultSettings { CorruptionRate = 1 })!;
        IRandomSource random = new RandomStreams(4).For("test.bits");
        int[] hits = new int[24];
        byte[] frame = new byte[3];
        for (int i = 0; i < 24_000; i++)
        {
            FrameFate fate = faults.Decide(frame.Length, random);
            Array.Clear(frame);
            fate.Corrupt(frame);
            int flipped = (frame[0] << 16) | (frame[1] << 8) | frame[2];
            Assert.Equal(1, System.Numerics.BitOperations.PopCount((uint)flipped));
            Assert.Equal(1 << (23 - fate.FlippedBit), flipped);
            hits[fate.FlippedBit]++;
        }

        Assert.All(hits, static count => Confidence.Share(1.0 / 24, count, 24_000));
    }

    [Fact]
    public void Faults_that_cannot_happen_make_no_process()
    {
        Assert.Null(FrameFaults.Create(null));
        Assert.Null(FrameFaults.Create(new FaultSettings { Loss = LossSettings.Bernoulli(0.5) }));
        Assert.False(FrameFate.Undisturbed.IsCorrupted);
    }
}
