using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Tests.Link;

/// <summary>Reliability step by step; <see cref="ReliabilityWireTests"/> runs two ends against each other.</summary>
public sealed class ReliabilityTests : IDisposable
{
    private static readonly LinkServiceOptions Reliable = new() { EnableReliability = true };

    private readonly FramePool _pool = new();
    private readonly LinkService _service;
    private RecordingSink _sink = new();

    public ReliabilityTests() => _service = new LinkService(Reliable, _pool);

    public void Dispose()
    {
        _service.Dispose();
        Assert.Equal(0, _pool.Outstanding);
    }

    [Fact]
    public void Each_transmission_has_a_fresh_TxSequence_and_a_stable_Sequence()
    {
        byte[] packet = LinkTestPackets.Data();
        _service.Send(default, packet, 0, At(0));
        Frame first = Assert.Single(Drain());
        Assert.Equal(0UL, first.TxSequence);
        Assert.Equal(ulong.MaxValue, first.Sequence);
        Assert.Equal(At(1000), _service.NextTimeout);

        _service.HandleTimeout(At(999));
        Assert.Empty(Drain());
        _service.HandleTimeout(At(1000));
        Frame again = Assert.Single(Drain());
        Assert.Equal(1UL, again.TxSequence);
        Assert.Equal(first.Sequence, again.Sequence);
        Assert.Equal(packet, again.Fragment);
        Assert.Equal(At(2000), _service.NextTimeout);
    }

    [Fact]
    public void Interest_is_given_up_and_reported_after_three_retransmissions()
    {
        byte[] interest = LinkTestPackets.Interest();
        _service.Send(new LpHeaders { PitToken = new PitToken([9]) }, interest, 0, At(0));
        int transmissions = Drain().Count;
        for (int ms = 1000; ms <= 10_000; ms += 1000)
        {
            _service.HandleTimeout(At(ms));
            transmissions += Drain().Count(f => f.Token.Length == 1);
        }

        Assert.Equal(4, transmissions);
        Assert.True(_service.TryTakeDroppedInterest(out ReadOnlyMemory<byte> dropped));
        Assert.Equal(interest, dropped.ToArray());
        Assert.False(_service.TryTakeDroppedInterest(out _));
        Assert.Equal(1UL, _service.Counters.RetransmissionsExhausted);
        Assert.Equal(0, _service.Unacknowledged);
        Assert.Equal(Instant.Never, _service.NextTimeout);
    }

    [Fact]
    public void Data_and_Nacks_are_given_up_without_a_report()
    {
        _service.Send(default, LinkTestPackets.Data(), 0, At(0));
        _service.Send(new LpHeaders { IsNack = true }, LinkTestPackets.Interest(), 0, At(0));
        for (int ms = 1000; ms <= 4000; ms += 1000)
        {
            _service.HandleTimeout(At(ms));
        }

        Drain();
        Assert.Equal(2UL, _service.Counters.RetransmissionsExhausted);
        Assert.False(_service.TryTakeDroppedInterest(out _));
    }

    [Fact]
    public void Three_later_acknowledgements_make_an_earlier_frame_lost()
    {
        for (ulong i = 0; i < 5; i++)
        {
            _service.Send(default, LinkTestPackets.Data(100, i), 0, At(0));
        }

        List<Frame> sent = Drain();
        Acknowledge(At(10), sent[2].TxSequence, sent[3].TxSequence);
        Assert.Empty(Drain());
        Acknowledge(At(11), sent[4].TxSequence);
        List<Frame> again = Drain();
        Assert.Equal([sent[0].Sequence, sent[1].Sequence], again.Select(f => f.Sequence));
        Assert.Equal([5UL, 6UL], again.Select(f => f.TxSequence!.Value));
        Assert.Equal(3UL, _service.Counters.Acknowledged);

        Acknowledge(At(12), 0, 1, 5, 6); // 0 and 1 are known no more.
        Assert.Equal(2UL, _service.Counters.Retransmitted);
        Assert.Equal(0, _service.Unacknowledged);
        Assert.Equal(Instant.Never, _service.NextTimeout);
    }

    [Fact]
    public void Retransmitted_frame_is_judged_by_the_acknowledgements_after_it_alone()
    {
        for (ulong i = 0; i < 6; i++)
        {
            _service.Send(default, LinkTestPackets.Data(100, i), 0, At(0));
        }

        Drain();
        Acknowledge(At(10), 1, 2, 3);
        Assert.Equal(6UL, Assert.Single(Drain()).TxSequence);
        Acknowledge(At(10), 4, 5);
        _service.Send(default, LinkTestPackets.Data(100, 7), 0, At(11));
        Drain();
        Acknowledge(At(12), 7);
        Assert.Empty(Drain());
        Acknowledge(At(12), 6);
        Assert.Equal(1UL, _service.Counters.Retransmitted);
    }

    [Fact]
    public void Next_time_out_is_that_of_the_frame_that_waits_longest()
    {
        _service.Send(default, LinkTestPackets.Data(), 0, At(0));
        _service.Send(default, LinkTestPackets.Data(), 0, At(500));
        Drain();
        Assert.Equal(At(1000), _service.NextTimeout);
        _service.HandleTimeout(At(1000));
        Assert.Single(Drain());
        Assert.Equal(At(1500), _service.NextTimeout);
    }

    [Fact]
    public void Packet_counts_as_acknowledged_when_all_its_fragments_are()
    {
        _service.Options = Reliable with { Mtu = 100 };
        _service.Send(default, LinkTestPackets.Data(150), 0, At(0));
        List<Frame> sent = Drain();
        Assert.True(sent.Count > 1);
        foreach (Frame frame in sent[1..])
        {
            Acknowledge(At(1), frame.TxSequence);
        }

        Assert.Equal(0UL, _service.Counters.Acknowledged);
        Acknowledge(At(1), sent[0].TxSequence);
        Assert.Equal(1UL, _service.Counters.Acknowledged);
        Assert.Equal(0, _pool.Outstanding);
    }

    [Fact]
    public void One_fragment_beyond_its_retransmissions_takes_the_whole_packet_along()
    {
        _service.Options = Reliable with { Mtu = 100 };
        byte[] interest = LinkTestPackets.Interest(400);
        _service.Send(default, interest, 0, At(0));
        Assert.True(Drain().Count > 4);
        for (int ms = 1000; ms <= 4000; ms += 1000)
        {
            _service.HandleTimeout(At(ms));
            Drain();
        }

        Assert.Equal(1UL, _service.Counters.RetransmissionsExhausted);
        Assert.True(_service.TryTakeDroppedInterest(out ReadOnlyMemory<byte> dropped));
        Assert.Equal(interest, dropped.ToArray());
        Assert.Equal(0, _service.Unacknowledged);
    }

    [Fact]
    public void Round_trips_of_first_transmissions_set_the_time_out()
    {
        // 300 ms, then RFC 6298: 300 + 4 * 150 = 900 ms.
        _service.Send(default, LinkTestPackets.Data(), 0, At(0));
        Drain();
        Acknowledge(At(300), 0UL);
        _service.Send(default, LinkTestPackets.Data(), 0, At(1000));
        Drain();
        Assert.Equal(At(1900), _service.NextTimeout);

        // The acknowledgement of a retransmission says nothing about the round trip.
        _service.HandleTimeout(At(1900));
        Drain();
        Acknowledge(At(1901), 2UL);
        _service.Send(default, LinkTestPackets.Data(), 0, At(2000));
        Drain();
        Assert.Equal(At(2900), _service.NextTimeout);
    }

    [Fact]
    public void Time_out_is_never_below_200_ms()
    {
        for (ulong i = 0; i < 50; i++)
        {
            _service.Send(default, LinkTestPackets.Data(), 0, At(0));
            Acknowledge(At(0), i);
        }

        Drain();
        _service.Send(default, LinkTestPackets.Data(), 0, At(0));
        Drain();
        Assert.Equal(At(200), _service.NextTimeout);
    }

    [Fact]
    public void Received_frame_is_acknowledged_in_an_idle_packet_after_5_ms()
    {
        Receive(At(0), txSequence: 70, sequence: 5);
        Receive(At(3), txSequence: 71, sequence: 6);
        Assert.Equal(2, _sink.Packets.Count);
        Assert.Equal(At(5), _service.NextTimeout);
        _service.HandleTimeout(At(4));
        Assert.Empty(Drain());
        _service.HandleTimeout(At(5));
        Frame idle = Assert.Single(Drain());
        Assert.Equal([70UL, 71UL], idle.Acks);
        Assert.Empty(idle.Fragment);
        Assert.Null(idle.Sequence);
        Assert.Null(idle.TxSequence);
        Assert.Equal(0, _service.Unacknowledged);
        Assert.Equal(Instant.Never, _service.NextTimeout);
    }

    [Fact]
    public void Acknowledgement_rides_on_the_next_frame()
    {
        Receive(At(0), txSequence: 70, sequence: 5);
        _service.Send(default, LinkTestPackets.Data(), 0, At(1));
        Frame frame = Assert.Single(Drain());
        Assert.Equal([70UL], frame.Acks);
        Assert.NotEmpty(frame.Fragment);
        Assert.Equal(At(1001), _service.NextTimeout);
    }

    [Fact]
    public void Acknowledgements_that_do_not_fit_ride_on_several_frames()
    {
        _service.Options = Reliable with { Mtu = 64 };
        for (ulong i = 0; i < 12; i++)
        {
            Receive(At(0), i, i);
        }

        _service.HandleTimeout(At(5));
        List<Frame> frames = Drain();
        Assert.All(frames, f => Assert.InRange(f.Octets, 1, 64));
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (ulong)i), frames.SelectMany(f => f.Acks));
        Assert.Equal(3, frames.Count);
    }

    [Fact]
    public void Acknowledgements_without_room_are_dropped_and_counted()
    {
        _service.Options = Reliable with { Mtu = 10 };
        Receive(At(0), 1, 1);
        _service.HandleTimeout(At(5));
        Assert.Empty(Drain());
        Assert.Equal(1UL, _service.Counters.AcksDropped);
        Assert.Equal(Instant.Never, _service.NextTimeout);
    }

    [Fact]
    public void Waiting_acknowledgements_are_bounded()
    {
        _service.Options = Reliable with { AckQueueMax = 10 };
        for (ulong i = 0; i < 25; i++)
        {
            Receive(At(0), i, i);
        }

        Assert.Equal([10, 10], Drain().Select(f => f.Acks.Count));
    }

    [Fact]
    public void Repeated_Sequence_is_dropped_but_acknowledged()
    {
        Receive(At(0), txSequence: 1, sequence: 5);
        Receive(At(3000), txSequence: 2, sequence: 5);
        Assert.Single(_sink.Packets);
        Assert.Equal(1UL, _service.Counters.DuplicateSequences);
        _service.HandleTimeout(At(3005));
        Assert.Equal([1UL, 2UL], Drain().SelectMany(f => f.Acks));

        // Remembered for four time-outs: a peer that restarts may use the number again.
        Receive(At(4000), txSequence: 3, sequence: 5);
        Assert.Equal(2, _sink.Packets.Count);
    }

    [Fact]
    public void Remembered_Sequences_are_bounded()
    {
        _service.Options = Reliable with { RecentSequencesMax = 10 };
        for (ulong i = 0; i < 11; i++)
        {
            Receive(At(0), i, i);
        }

        Assert.Equal(1UL, _service.Counters.RecentSequenceEvictions);
        Receive(At(1), 20, 0);
        Receive(At(1), 21, 5);
        Assert.Equal(12, _sink.Packets.Count);
    }

    [Fact]
    public void Unacknowledged_fragments_are_bounded_and_the_rest_goes_unprotected()
    {
        _service.Options = Reliable with { UnacknowledgedMax = 3 };
        for (ulong i = 0; i < 5; i++)
        {
            _service.Send(default, LinkTestPackets.Data(), 0, At(0));
        }

        Assert.Equal(3, _service.Unacknowledged);
        Assert.Equal(2UL, _service.Counters.SentUnprotected);
        Assert.Equal(2, Drain().Count(f => f.TxSequence is null));
        Acknowledge(At(1), 0UL);
        _service.Send(default, LinkTestPackets.Data(), 0, At(1));
        Assert.NotNull(Assert.Single(Drain()).TxSequence);
    }

    [Fact]
    public void Reliability_switched_off_forgets_what_waits()
    {
        Receive(At(0), 1, 1);
        _service.Send(default, LinkTestPackets.Data(), 0, At(0));
        Receive(At(0), 2, 2);
        Drain();
        _service.Options = new LinkServiceOptions();
        Assert.Equal(0, _service.Unacknowledged);
        Assert.Equal(Instant.Never, _service.NextTimeout);
        Assert.Equal(0, _pool.Outstanding);
        byte[] packet = LinkTestPackets.Data();
        _service.Send(default, packet, 0, At(1));
        Assert.Equal(packet, Assert.Single(Drain()).Whole);

        Receive(At(2), 3, 3);
        Assert.Equal(Instant.Never, _service.NextTimeout);
        Assert.Equal(3, _sink.Packets.Count);
    }

    [Fact]
    public void Fragment_under_reliability_waits_for_the_retransmissions_of_the_others()
    {
        byte[] packet = LinkTestPackets.Data(100);
        Receive(At(0), 1, 1, packet.AsSpan(0, 50), index: 0, count: 2);
        _service.HandleTimeout(At(3000));
        Assert.Equal(1, _service.PartialPackets);
        Receive(At(3000), 2, 2, packet.AsSpan(50), index: 1, count: 2);
        Assert.Equal(packet, Assert.Single(_sink.Packets).Packet);
    }

    private static Instant At(long milliseconds) => Instant.FromMilliseconds(milliseconds);

    private void Receive(Instant now, ulong txSequence, ulong sequence) =>
        Receive(now, txSequence, sequence, LinkTestPackets.Data(), index: 0, count: 1);

    private void Receive(
        Instant now, ulong txSequence, ulong sequence, ReadOnlySpan<byte> fragment, int index, int count)
    {
        var packet = new LpPacket
        {
            TxSequence = txSequence,
            Sequence = sequence,
            Fragment = fragment,
            FragIndex = index,
            FragCount = count,
        };
        Assert.Equal(TlvStatus.Ok, _service.HandleFrame(packet.Encode(), now, ref _sink));
    }

    private void Acknowledge(Instant now, params ulong?[] acks) => _service.HandleFrame(
        new LpPacket { Acks = acks.Select(a => a!.Value).ToArray() }.Encode(), now, ref _sink);

    private List<Frame> Drain() => [.. LinkTestPackets.Drain(_service).Select(Frame.Read)];

    private sealed record Frame(
        byte[] Whole, byte[] Fragment, ulong? Sequence, ulong? TxSequence, List<ulong> Acks, PitToken Token)
    {
        public int Octets => Whole.Length;

        public static Frame Read(byte[] octets)
        {
            Assert.Equal(TlvStatus.Ok, LpPacketView.TryDecode(octets, out LpPacketView view));
            List<ulong> acks = [];
            foreach (ulong ack in view.Acks)
            {
                acks.Add(ack);
            }

            return new Frame(
                octets, view.Fragment.ToArray(), view.Sequence, view.TxSequence, acks, view.Headers.PitToken);
        }
    }
}
