using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Ndn.Tests.Link;

/// <summary>Whatever a peer sends: no exception, no leak, no more than the limits.</summary>
public sealed class LinkServiceRobustnessTests
{
    [Theory]
    [InlineData(1UL, false)]
    [InlineData(2UL, true)]
    [InlineData(3UL, true)]
    public void LinkService_survives_random_and_mutated_frames(ulong seed, bool reliable)
    {
        IRandomSource random = new XoshiroRandomSource(seed);
        var pool = new FramePool();
        var options = new LinkServiceOptions
        {
            EnableReliability = reliable,
            AllowLocalFields = true,
            AllowSelfLearning = true,
            PartialPacketsMax = 8,
            RecentSequencesMax = 100,
            UnacknowledgedMax = 50,
            Mtu = 200,
        };
        var service = new LinkService(options, pool, random);
        RecordingSink sink = new();
        Instant now = Instant.Zero;
        for (int i = 0; i < 20_000; i++)
        {
            now = now.AddNanoseconds(random.NextBelow(3_000_000));
            byte[] frame = random.NextBelow(4) == 0 ? RandomOctets(random) : RandomFrame(random);
            int flips = (int)random.NextBelow(3);
            for (int flip = 0; flip < flips && frame.Length > 0; flip++)
            {
                frame[random.NextBelow((uint)frame.Length)] ^= (byte)(1 << (int)random.NextBelow(8));
            }

            ReadOnlySpan<byte> octets = random.NextBelow(10) == 0
                ? frame.AsSpan(0, (int)random.NextBelow((uint)frame.Length + 1))
                : frame;
            service.HandleFrame(octets, now, ref sink);
            if (random.NextBelow(5) == 0)
            {
                service.Send(default, LinkTestPackets.Interest(120, (ulong)i), 0, now);
            }

            if (service.NextTimeout <= now)
            {
                service.HandleTimeout(now);
            }

            Assert.InRange(service.PartialPackets, 0, 8);
            Assert.InRange(service.Unacknowledged, 0, 50);
            LinkTestPackets.Drain(service);
            while (service.TryTakeDroppedInterest(out _))
            {
            }
        }

        Assert.True(service.Counters.InvalidFrames > 1000);
        Assert.True(sink.Packets.Count > 1000);
        Assert.True(pool.Outstanding <= 8 + 50);
        service.Dispose();
        Assert.Equal(0, pool.Outstanding);
    }

    private static byte[] RandomOctets(IRandomSource random)
    {
        byte[] octets = new byte[random.NextBelow(64)];
        random.Fill(octets);
        if (octets.Length > 1 && random.NextBelow(2) == 0)
        {
            octets[0] = 0x64;
            octets[1] = (byte)(octets.Length - 2);
        }

        return octets;
    }

    private static byte[] RandomFrame(IRandomSource random)
    {
        ulong[] acks = new ulong[random.NextBelow(4)];
        for (int i = 0; i < acks.Length; i++)
        {
            acks[i] = random.NextBelow(5000);
        }

        byte[] payload = random.NextBelow(2) == 0
            ? LinkTestPackets.Interest(40 + (int)random.NextBelow(100))
            : LinkTestPackets.Data(40 + (int)random.NextBelow(100));
        int count = random.NextBelow(2) == 0 ? 1 : 1 + (int)random.NextBelow(500);
        return new LpPacket
        {
            Sequence = random.NextBelow(4) == 0 ? null : random.NextBelow(300),
            TxSequence = random.NextBelow(2) == 0 ? null : random.NextUInt64(),
            FragIndex = count == 1 ? 0 : (int)random.NextBelow((uint)count + 2),
            FragCount = count,
            Acks = acks,
            Fragment = random.NextBelow(8) == 0 ? [] : payload,
            Headers = random.NextBelow(2) == 0 ? default : RandomHeaders(random),
        }.Encode();
    }

    private static LpHeaders RandomHeaders(IRandomSource random) => new()
    {
        PitToken = new PitToken(new byte[random.NextBelow(33)]),
        IsNack = random.NextBelow(4) == 0,
        NackReason = (NackReason)random.NextBelow(200),
        CongestionMark = random.NextBelow(2),
        NextHopFaceId = random.NextBelow(4) == 0 ? random.NextUInt64() : null,
        IncomingFaceId = random.NextBelow(4) == 0 ? random.NextUInt64() : null,
        NoCache = random.NextBelow(8) == 0,
        NonDiscovery = random.NextBelow(8) == 0,
        PrefixAnnouncement = random.NextBelow(8) == 0 ? LinkTestPackets.Data(40) : default,
    };
}
