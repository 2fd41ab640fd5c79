using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Tests.Link;

public sealed class ReassemblyTests : IDisposable
{
    private readonly FramePool _pool = new();
    private readonly LinkService _service;
    private RecordingSink _sink = new();

    public ReassemblyTests() => _service = new LinkService(
        new LinkServiceOptions { PartialPacketsMax = 4, ReassemblyOctetsMax = 2000 }, _pool);

    public void Dispose()
    {
        _service.Dispose();
        Assert.Equal(0, _pool.Outstanding);
    }

    [Fact]
    public void Reassembly_waits_500_ms_from_the_latest_fragment()
    {
        List<byte[]> frames = Fragments(300, firstSequence: 10);
        Assert.Equal(Instant.Never, _service.NextTimeout);
        Handle(frames[0], 0);
        Assert.Equal(Instant.FromMilliseconds(500), _service.NextTimeout);
        Handle(frames[1], 400);
        _service.HandleTimeout(Instant.FromMilliseconds(899));
        Assert.Equal(1, _service.PartialPackets);
        Assert.Equal(Instant.FromMilliseconds(900), _service.NextTimeout);
        _service.HandleTimeout(Instant.FromMilliseconds(900));
        Assert.Equal(0, _service.PartialPackets);
        Assert.Equal(0, _pool.Outstanding);
        Assert.Equal(1UL, _service.Counters.ReassemblyTimeouts);
        Assert.Equal(Instant.Never, _service.NextTimeout);
        foreach (byte[] frame in frames[2..])
        {
            Handle(frame, 901);
        }

        Assert.Empty(_sink.Packets);
    }

    [Fact]
    public void Reassembly_repetition_does_not_restart_the_timer()
    {
        List<byte[]> frames = Fragments(300, firstSequence: 10);
        Handle(frames[0], 0);
        Handle(frames[0], 400);
        Assert.Equal(1UL, _service.Counters.DuplicateFragments);
        _service.HandleTimeout(Instant.FromMilliseconds(500));
        Assert.Equal(0, _service.PartialPackets);
    }

    [Fact]
    public void Reassembly_keeps_a_bounded_number_of_packets_and_drops_the_stalest()
    {
        List<byte[]>[] packets = [.. Enumerable.Range(0, 6).Select(i => Fragments(150, (ulong)i * 1000))];
        for (int i = 0; i < 5; i++)
        {
            Handle(packets[i][0], i);
        }

        Assert.Equal(4, _service.PartialPackets);
        Assert.Equal(1UL, _service.Counters.ReassemblyEvictions);
        Handle(packets[0][1], 10); // Its first fragment is gone: this begins anew and drops packet 1.
        Assert.Empty(_sink.Packets);
        Handle(packets[2][1], 11);
        Handle(packets[3][1], 11);
        Handle(packets[4][1], 11);
        Assert.Equal(3, _sink.Packets.Count);
        Assert.Equal(2UL, _service.Counters.ReassemblyEvictions);
    }

    [Fact]
    public void Reassembly_keeps_a_bounded_number_of_octets()
    {
        // Two thirds of 1200 octets, three times, is more than 2000.
        List<byte[]>[] packets = [.. Enumerable.Range(0, 3).Select(i => Fragments(1200, (ulong)i * 1000, mtu: 500))];
        foreach (List<byte[]> frames in packets)
        {
            Handle(frames[0], 0);
            Handle(frames[1], 0);
        }

        Assert.Equal(2, _service.PartialPackets);
        Assert.Equal(1UL, _service.Counters.ReassemblyEvictions);
        Handle(packets[2][2], 0);
        Assert.Single(_sink.Packets);
    }

    [Fact]
    public void Reassembly_refuses_a_count_that_differs_from_the_first()
    {
        byte[] packet = LinkTestPackets.Data(100);
        Handle(Fragment(packet.AsSpan(0, 50), sequence: 7, index: 0, count: 2), 0);
        Handle(Fragment(packet.AsSpan(50), sequence: 8, index: 1, count: 3), 0);
        Assert.Equal(1UL, _service.Counters.RefusedFragments);
        Handle(Fragment(packet.AsSpan(50), sequence: 8, index: 1, count: 2), 0);
        Assert.Equal(packet, Assert.Single(_sink.Packets).Packet);
    }

    [Fact]
    public void Reassembly_refuses_what_grows_over_the_largest_packet()
    {
        byte[] piece = new byte[4000];
        for (int i = 0; i < 3; i++)
        {
            Handle(Fragment(piece, sequence: (ulong)i, index: i, count: 4), 0);
        }

        Assert.Equal(1UL, _service.Counters.ReassemblyTooLarge);
        Assert.Equal(0, _service.PartialPackets);
    }

    [Fact]
    public void Reassembly_tells_peers_of_one_link_apart()
    {
        byte[] left = LinkTestPackets.Data(100, 1);
        byte[] right = LinkTestPackets.Data(100, 2);
        _service.HandleFrame(Fragment(left.AsSpan(0, 50), 7, 0, 2), Instant.Zero, ref _sink, remoteEndpoint: 1);
        _service.HandleFrame(Fragment(right.AsSpan(50), 8, 1, 2), Instant.Zero, ref _sink, remoteEndpoint: 2);
        Assert.Equal(2, _service.PartialPackets);
        _service.HandleFrame(Fragment(right.AsSpan(0, 50), 7, 0, 2), Instant.Zero, ref _sink, remoteEndpoint: 2);
        _service.HandleFrame(Fragment(left.AsSpan(50), 8, 1, 2), Instant.Zero, ref _sink, remoteEndpoint: 1);
        Assert.Equal([right, left], _sink.Packets.Select(p => p.Packet));
    }

    [Fact]
    public void Reassembly_switched_off_refuses_fragments_and_takes_whole_packets()
    {
        _service.Options = _service.Options with { AllowReassembly = false };
        Handle(Fragments(300, 1)[0], 0);
        Assert.Equal(1UL, _service.Counters.RefusedFragments);
        Handle(Fragment(LinkTestPackets.Data(), 9, 0, 1), 0);
        Assert.Single(_sink.Packets);
    }

    [Fact]
    public void Reassembled_garbage_is_dropped_and_gives_its_frame_back()
    {
        Handle(Fragment([0xFF, 1], 1, 0, 2), 0);
        Handle(Fragment([0xFF, 1], 2, 1, 2), 0);
        Assert.Equal(1UL, _service.Counters.InvalidPackets);
        Assert.Equal(0, _pool.Outstanding);
    }

    [Fact]
    public void Unknown_critical_field_refuses_the_fragment_alone()
    {
        List<byte[]> frames = Fragments(150, 1);
        byte[] bad = [.. frames[0]];
        bad[2] = 0x54;
        Assert.NotEqual(TlvStatus.Ok, _service.HandleFrame(bad, Instant.Zero, ref _sink));
        Assert.Equal(0, _service.PartialPackets);
    }

    private void Handle(byte[] frame, long milliseconds) =>
        _service.HandleFrame(frame, Instant.FromMilliseconds(milliseconds), ref _sink);

    private static byte[] Fragment(ReadOnlySpan<byte> piece, ulong sequence, int index, int count) =>
        new LpPacket { Fragment = piece, Sequence = sequence, FragIndex = index, FragCount = count }.Encode();

    /// <summary>A Data packet cut into equal pieces; the count depends on the MTU.</summary>
    private static List<byte[]> Fragments(int octets, ulong firstSequence, int mtu = 100)
    {
        byte[] packet = LinkTestPackets.Data(octets, firstSequence);
        int room = mtu - 20;
        int count = (octets + room - 1) / room;
        List<byte[]> frames = [];
        for (int i = 0; i < count; i++)
        {
            int offset = i * room;
            ReadOnlySpan<byte> piece = packet.AsSpan(offset, Math.Min(room, octets - offset));
            frames.Add(Fragment(piece, firstSequence + (ulong)i, i, count));
        }

        return frames;
    }
}
