using System.Buffers.Binary;
using Piccolo.Ndn;
using Piccolo.Rice.Client;
using Piccolo.Rice.Messages;

namespace Piccolo.Rice.Tests.Calls;

/// <summary>Many seeds of a bad wire: every call ends rightly, opaque ones run once at most, and nothing is left.</summary>
public sealed class SwarmTests
{
    private static readonly CallErrorCode[] Documented =
        [CallErrorCode.OutcomeUnknown, CallErrorCode.DeadlineExceeded, CallErrorCode.ArgumentUnavailable, CallErrorCode.ResultUnavailable,
            CallErrorCode.Expired];

    [Theory]
    [InlineData(0, 100)]
    [InlineData(1000, 100)]
    [InlineData(2000, 100)]
    public void Calls_over_a_bad_wire_end_rightly(int firstSeed, int seedCount)
    {
        int completed = 0;
        int ended = 0;
        for (int seed = firstSeed; seed < firstSeed + seedCount; seed++)
        {
            (int ok, int all) = RunSeed((ulong)seed, withRestarts: false);
            completed += ok;
            ended += all;
        }

        Assert.True(completed >= ended * 98 / 100, $"only {completed} of {ended} calls completed");
    }

    [Fact]
    public void Calls_over_a_bad_wire_to_a_server_that_restarts_end_rightly()
    {
        for (int seed = 5000; seed < 5120; seed++)
        {
            RunSeed((ulong)seed, withRestarts: true);
        }
    }

    [Fact]
    public void Same_seed_takes_the_same_course()
    {
        Assert.Equal(Course(77), Course(77));
        Assert.NotEqual(Course(77), Course(78));
    }

    private static string Course(ulong seed)
    {
        World world = MakeWorld(seed, out _);
        RiceClientEvent end = world.CallAndWait(Sample.Count, Sample.Octets(30_000));
        return string.Join('\n', end.Trace!.Steps.Select(step => $"{step.At.Nanoseconds} {step.Kind} {step.Name}"));
    }

    private static (int Completed, int Ended) RunSeed(ulong seed, bool withRestarts)
    {
        World world = MakeWorld(seed, out IRandomSource random);
        List<(ulong Id, byte[] Argument, bool IsOpaque)> calls = [];
        Dictionary<string, int> runsByArgument = [];
        for (int i = 0; i < 4; i++)
        {
            bool isOpaque = random.NextBelow(2) == 0;
            int length = random.NextBelow(3) == 0 ? 9 + (int)random.NextBelow(60_000) : 9 + (int)random.NextBelow(2000);
            byte[] argument = Sample.Octets(length).Cbor.ToArray();
            BinaryPrimitives.WriteUInt64BigEndian(argument, seed + ((ulong)i << 56));
            argument[8] = (byte)random.NextBelow(4);
            world.After(TimeSpan.FromMilliseconds(random.NextBelow(2000)), () => calls.Add((
                world.Call(isOpaque ? Sample.Count : Sample.Echo, new SuppliedArgument("data", argument)), argument, isOpaque)));
        }

        if (withRestarts)
        {
            world.After(TimeSpan.FromMilliseconds(random.NextBelow(6000)), world.RestartServer);
        }

        world.RunUntil(world.Now + TimeSpan.FromSeconds(40), () => world.Ends.Count == 4);
        Assert.True(world.Ends.Count == 4, $"seed {seed}: {world.Ends.Count} of 4 calls ended");
        world.Wire = new WireOptions();
        int completed = 0;
        foreach ((ulong id, byte[] argument, bool isOpaque) in calls)
        {
            RiceClientEvent end = world.Ends[id];
            int runs = world.Runs.Count(run => run.Arguments[0].Cbor.Span.SequenceEqual(argument));
            if (end.Kind == RiceClientEventKind.Completed)
            {
                completed++;
                Assert.True(end.Result.Span.SequenceEqual(argument), $"seed {seed}: a wrong result");
                Assert.True(runs >= 1, $"seed {seed}: a result without a run");
            }
            else
            {
                Assert.True(Documented.Contains(end.Error!.Code), $"seed {seed}: {end.Error}");
            }

            Assert.True(!isOpaque || runs <= 1, $"seed {seed}: an opaque call ran {runs} times");
        }

        world.AssertNothingIsLeft();
        return (completed, 4);
    }

    private static World MakeWorld(ulong seed, out IRandomSource random)
    {
        random = new XoshiroRandomSource(seed + 9_000_000);
        var wire = new WireOptions
        {
            Delay = TimeSpan.FromMilliseconds(random.NextBelow(40)),
            JitterMs = (int)random.NextBelow(30),
            LossPercent = (int)random.NextBelow(31),
            DuplicatePercent = (int)random.NextBelow(31),
            SignTime = TimeSpan.FromMicroseconds(random.NextBelow(2000)),
            VerifyTime = TimeSpan.FromMicroseconds(random.NextBelow(2000)),
        };
        var world = new World(seed, wire);
        world.Offer(Sample.Pure(Sample.Echo), Function);
        world.Offer(Sample.Opaque(Sample.Count), Function);
        return world;
    }

    /// <summary>The ninth octet of the argument says how long the run takes.</summary>
    private static RunOutcome Function(Server.RiceServerEvent run) => Sample.EchoOf(run, run.Arguments[0].Cbor.Span[8] switch
    {
        0 => TimeSpan.Zero,
        1 => TimeSpan.FromMilliseconds(50),
        2 => TimeSpan.FromMilliseconds(900),
        _ => TimeSpan.FromSeconds(4),
    });
}
