using System.Buffers.Binary;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Tests.Link;

/// <summary>Two link services over a wire that loses, repeats, delays and reorders, in virtual time.</summary>
public sealed class ReliabilityWireTests
{
    private const int PacketsEach = 300;

    public static TheoryData<ulong> Seeds() => new(Enumerable.Range(1, 40).Select(i => (ulong)i));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Everything_arrives_at_most_once_and_what_is_lost_was_given_up(ulong seed)
    {
        var wire = new Wire(seed);
        wire.Exchange(PacketsEach);
        wire.RunUntilQuiet();
        foreach (End end in wire.Ends)
        {
            LinkCounters counters = end.Service.Counters;
            List<ulong> undelivered = [.. end.Sent.Keys.Where(n => !end.Peer!.Received.ContainsKey(n))];
            Assert.All(end.Peer!.Received, r => Assert.Equal(1, r.Value));
            Assert.All(end.Peer.Received, r => Assert.True(end.Sent.ContainsKey(r.Key)));
            Assert.True(
                (ulong)undelivered.Count <= counters.RetransmissionsExhausted,
                $"seed {seed}: {undelivered.Count} lost, {counters.RetransmissionsExhausted} given up");
            Assert.Equal(
                (ulong)PacketsEach,
                counters.Acknowledged + counters.Retransmitted + counters.RetransmissionsExhausted);
            Assert.All(undelivered, n => Assert.True(!end.Sent[n] || end.GivenUp.Contains(n), $"seed {seed}: {n}"));
            Assert.Equal(0UL, counters.SentUnprotected + counters.OutOverMtu + counters.ReassemblyEvictions);
            Assert.Equal(0, end.Service.Unacknowledged);
            Assert.Equal(0, end.Service.PartialPackets);
        }

        // Once the wire is sound again, nothing is lost.
        wire.Heal();
        int before = wire.Ends.Sum(e => e.Received.Count);
        wire.Exchange(50);
        wire.RunUntilQuiet();
        Assert.Equal(before + 100, wire.Ends.Sum(e => e.Received.Count));

        wire.Dispose();
        Assert.Equal(0, wire.Pool.Outstanding);
    }

    [Fact]
    public void Ordinary_loss_is_recovered()
    {
        ulong retransmitted = 0;
        for (ulong seed = 100; seed < 110; seed++)
        {
            using var wire = new Wire(seed) { LossPerMille = 10, RepeatPerMille = 10, JitterMs = 3 };
            wire.Exchange(PacketsEach);
            wire.RunUntilQuiet();
            Assert.All(wire.Ends, end => Assert.Equal(PacketsEach, end.Received.Count));
            retransmitted += wire.Ends.Aggregate(0UL, (sum, end) => sum + end.Service.Counters.Retransmitted);
        }

        Assert.True(retransmitted > 50, "the wire lost too little to prove anything");
    }

    [Fact]
    public void Same_seed_gives_the_same_run()
    {
        string[] digests = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            using var wire = new Wire(7);
            wire.Exchange(100);
            wire.RunUntilQuiet();
            return wire.Trace;
        })];
        Assert.Equal(digests[0], digests[1]);
        using var other = new Wire(8);
        other.Exchange(100);
        other.RunUntilQuiet();
        Assert.NotEqual(digests[0], other.Trace);
    }

    private sealed class End : ILinkServiceSink
    {
        public required LinkService Service { get; init; }

        public End? Peer { get; set; }

        /// <summary>Numbers of the packets sent; true for Interests.</summary>
        public Dictionary<ulong, bool> Sent { get; } = [];

        /// <summary>How often each number arrived.</summary>
        public Dictionary<ulong, int> Received { get; } = [];

        public HashSet<ulong> GivenUp { get; } = [];

        public static ulong NumberOf(ReadOnlySpan<byte> packet)
        {
            Assert.Equal(TlvStatus.Ok, new TlvReader(packet).TryRead(out TlvElement element));
            ulong number = BinaryPrimitives.ReadUInt64BigEndian(element.Value);
            Assert.True(packet.SequenceEqual(LinkTestPackets.OfSize(element.Type, packet.Length, number)));
            return number;
        }

        public void OnInterest(in LpHeaders headers, ReadOnlySpan<byte> packet) => Count(packet);

        public void OnData(in LpHeaders headers, ReadOnlySpan<byte> packet) => Count(packet);

        public void OnNack(in LpHeaders headers, ReadOnlySpan<byte> interest) => Count(interest);

        private void Count(ReadOnlySpan<byte> packet)
        {
            ulong number = NumberOf(packet);
            Received[number] = Received.GetValueOrDefault(number) + 1;
        }
    }

    private sealed class Wire : IDisposable
    {
        private readonly IRandomSource _random;
        private readonly PriorityQueue<(End To, byte[] Frame), (long At, int Order)> _frames = new();
        private Instant _now = Instant.Zero;
        private int _order;
        private ulong _nextNumber = 1;
        private ulong _trace = 14695981039346656037;

        public Wire(ulong seed)
        {
            _random = new XoshiroRandomSource(seed);
            LossPerMille = _random.NextBelow(300);
            RepeatPerMille = _random.NextBelow(2) * _random.NextBelow(200);
            JitterMs = 1 + _random.NextBelow(60);
            Ends = [MakeEnd(), MakeEnd()];
            Ends[0].Peer = Ends[1];
            Ends[1].Peer = Ends[0];
        }

        public FramePool Pool { get; } = new();

        public End[] Ends { get; }

        public uint LossPerMille { get; set; }

        public uint RepeatPerMille { get; set; }

        public uint JitterMs { get; set; }

        public string Trace => $"{_now} {_trace:x16}";

        public void Heal()
        {
            LossPerMille = 0;
            RepeatPerMille = 0;
            JitterMs = 1;
        }

        /// <summary>Each end sends packets of many sizes, at random times.</summary>
        public void Exchange(int packetsEach)
        {
            for (int i = 0; i < packetsEach * 2; i++)
            {
                End from = Ends[i & 1];
                bool isInterest = _random.NextBelow(2) == 0;
                int octets = 20 + (int)_random.NextBelow(_random.NextBelow(4) == 0 ? 3000u : 220);
                octets += octets is >= 255 and <= 257 ? 3 : 0;
                ulong number = _nextNumber++;
                from.Sent.Add(number, isInterest);
                from.Service.Send(
                    default,
                    LinkTestPackets.OfSize(isInterest ? TlvType.Interest : TlvType.Data, octets, number),
                    0,
                    _now);
                Drain(from);
                RunUntil(_now.AddNanoseconds(_random.NextBelow(8_000_000)));
            }
        }

        public void RunUntilQuiet()
        {
            Instant limit = _now + TimeSpan.FromMinutes(5);
            RunUntil(limit);
            Assert.Equal(0, _frames.Count);
            Assert.All(Ends, end => Assert.Equal(Instant.Never, end.Service.NextTimeout));
        }

        public void Dispose()
        {
            foreach (End end in Ends)
            {
                end.Service.Dispose();
            }
        }

        private End MakeEnd() => new()
        {
            Service = new LinkService(
                new LinkServiceOptions
                {
                    EnableReliability = true,
                    Mtu = _random.NextBelow(2) == 0 ? 8800 : 128 + (int)_random.NextBelow(1400),
                    UnacknowledgedMax = 100_000,
                    PartialPacketsMax = 1000,
                    ReassemblyOctetsMax = int.MaxValue,
                },
                Pool,
                new XoshiroRandomSource(_random.NextUInt64())),
        };

        private void RunUntil(Instant end)
        {
            for (int step = 0; ; step++)
            {
                Assert.True(step < 1_000_000, "the two ends do not come to rest");
                Instant next = Instant.Min(Ends[0].Service.NextTimeout, Ends[1].Service.NextTimeout);
                if (_frames.TryPeek(out _, out (long At, int Order) due))
                {
                    next = Instant.Min(next, new Instant(due.At));
                }

                if (next > end)
                {
                    _now = next == Instant.Never ? _now : Instant.Max(_now, end);
                    return;
                }

                _now = Instant.Max(_now, next);
                Step();
            }
        }

        private void Step()
        {
            foreach (End end in Ends)
            {
                if (end.Service.NextTimeout <= _now)
                {
                    end.Service.HandleTimeout(_now);
                    Assert.True(end.Service.NextTimeout > _now, "a time-out that does not pass");
                    Drain(end);
                }
            }

            while (_frames.TryPeek(out (End To, byte[] Frame) arrival, out (long At, int Order) due)
                && due.At <= _now.Nanoseconds)
            {
                _frames.Dequeue();
                End to = arrival.To;
                Assert.Equal(TlvStatus.Ok, to.Service.HandleFrame(arrival.Frame, _now, ref to));
                Drain(arrival.To);
            }
        }

        private void Drain(End from)
        {
            while (from.Service.TryTakeDroppedInterest(out ReadOnlyMemory<byte> interest))
            {
                Assert.True(from.GivenUp.Add(End.NumberOf(interest.Span)));
            }

            foreach (byte[] frame in LinkTestPackets.Drain(from.Service))
            {
                foreach (byte octet in frame)
                {
                    _trace = (_trace ^ octet) * 1099511628211;
                }

                int copies = _random.NextBelow(1000) < RepeatPerMille ? 2 : 1;
                for (int i = 0; i < copies; i++)
                {
                    if (_random.NextBelow(1000) >= LossPerMille)
                    {
                        long delay = 1_000_000 + _random.NextBelow(JitterMs * 1_000_000);
                        _frames.Enqueue((from.Peer!, frame), (_now.Nanoseconds + delay, _order++));
                    }
                }
            }
        }
    }
}
