using FsCheck;
using FsCheck.Fluent;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Tests.Link;

public sealed class FragmentationTests
{
    private readonly FramePool _pool = new();

    [Fact]
    public void Fragments_shuffled_and_repeated_give_the_packet_once_for_any_size_and_mtu()
    {
        Gen<(int Size, int Mtu, int Seed)> cases =
            from size in Gen.Choose(2, PacketLimits.MaxPacketOctets)
            from mtu in Gen.OneOf(Gen.Choose(64, 300), Gen.Choose(64, 9000))
            from seed in Gen.Choose(0, int.MaxValue)
            select (size, mtu, seed);
        Prop.ForAll(cases.ToArbitrary(), c => RoundTrip(c.Size, c.Mtu, (ulong)c.Seed))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20240501UL, 77UL));
        Assert.Equal(0, _pool.Outstanding);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fragments_never_exceed_the_mtu_and_headers_ride_on_the_first(bool reliable)
    {
        foreach (int mtu in (int[])[100, 253, 254, 255, 256, 257, 258, 400, 1400, 8800])
        {
            using var service = new LinkService(
                new LinkServiceOptions { Mtu = mtu, EnableReliability = reliable },
                _pool,
                new XoshiroRandomSource((ulong)mtu));
            var headers = new LpHeaders { PitToken = new PitToken(new byte[8]), CongestionMark = 1 };
            foreach (int size in Enumerable.Range(mtu - 60, 62).Append(mtu * 3).Except([255, 256, 257]))
            {
                service.Send(headers, LinkTestPackets.Data(Math.Clamp(size, 20, 8800)), 0, Instant.Zero);
            }

            foreach (byte[] frame in LinkTestPackets.Drain(service))
            {
                Assert.True(frame.Length <= mtu, $"{frame.Length} octets at MTU {mtu}");
                Assert.Equal(TlvStatus.Ok, LpPacketView.TryDecode(frame, out LpPacketView view));
                Assert.Equal(view.FragIndex > 0, view.Headers.IsEmpty);
                Assert.Equal(reliable || view.FragCount > 1, view.Sequence is not null);
                Assert.Equal(reliable, view.TxSequence is not null);
            }

            Assert.Equal(0UL, service.Counters.OutOverMtu + service.Counters.FragmentationErrors);
        }

        Assert.Equal(0, _pool.Outstanding);
    }

    [Fact]
    public void Stream_packet_whose_headers_lead_over_8800_octets_is_fragmented()
    {
        using var service = new LinkService(new LinkServiceOptions(), _pool);
        byte[] packet = LinkTestPackets.Data(8800);
        service.Send(default, packet, 0, Instant.Zero);
        Assert.Equal(packet, Assert.Single(LinkTestPackets.Drain(service)));

        service.Send(new LpHeaders { PitToken = new PitToken([1, 2]) }, packet, 0, Instant.Zero);
        List<byte[]> frames = LinkTestPackets.Drain(service);
        Assert.Equal(2, frames.Count);
        Assert.All(frames, f => Assert.True(f.Length <= 8800));
    }

    [Fact]
    public void First_sequence_is_random_or_that_of_NFD_and_wraps()
    {
        using var plain = new LinkService(new LinkServiceOptions { Mtu = 100 }, _pool);
        plain.Send(default, LinkTestPackets.Data(150), 0, Instant.Zero);
        Assert.Equal([ulong.MaxValue, 0UL], LinkTestPackets.Drain(plain).Select(SequenceOf));

        using var random = new LinkService(
            new LinkServiceOptions { Mtu = 100 }, _pool, new XoshiroRandomSource(5));
        random.Send(default, LinkTestPackets.Data(150), 0, Instant.Zero);
        ulong first = new XoshiroRandomSource(5).NextUInt64();
        Assert.Equal([first, first + 1], LinkTestPackets.Drain(random).Select(SequenceOf));
    }

    [Fact]
    public void Packet_over_the_mtu_is_dropped_and_counted_when_it_cannot_be_fragmented()
    {
        using var off = new LinkService(
            new LinkServiceOptions { Mtu = 100, AllowFragmentation = false }, _pool);
        off.Send(default, LinkTestPackets.Data(101), 0, Instant.Zero);
        Assert.Empty(LinkTestPackets.Drain(off));
        Assert.Equal(1UL, off.Counters.OutOverMtu);

        using var tiny = new LinkService(
            new LinkServiceOptions { Mtu = 64, EnableReliability = true }, _pool);
        tiny.Send(new LpHeaders { PitToken = new PitToken(new byte[32]) }, LinkTestPackets.Data(80), 0, Instant.Zero);
        using var many = new LinkService(new LinkServiceOptions { Mtu = 64, FragmentsMax = 3 }, _pool);
        many.Send(default, LinkTestPackets.Data(400), 0, Instant.Zero);
        using var zero = new LinkService(new LinkServiceOptions { Mtu = 0 }, _pool);
        zero.Send(default, LinkTestPackets.Data(400), 0, Instant.Zero);
        Assert.Equal(1UL, tiny.Counters.FragmentationErrors);
        Assert.Equal(1UL, many.Counters.FragmentationErrors);
        Assert.Equal(1UL, zero.Counters.FragmentationErrors);
        Assert.Empty(LinkTestPackets.Drain(tiny));
        Assert.Empty(LinkTestPackets.Drain(many));
    }

    [Fact]
    public void Smallest_mtu_carries_the_largest_packet_within_400_fragments()
    {
        foreach (bool reliable in (bool[])[false, true])
        {
            using var service = new LinkService(
                new LinkServiceOptions { Mtu = 64, EnableReliability = reliable }, _pool);
            service.Send(default, LinkTestPackets.Data(8800), 0, Instant.Zero);
            List<byte[]> frames = LinkTestPackets.Drain(service);
            Assert.InRange(frames.Count, 200, 400);
            Assert.All(frames, f => Assert.True(f.Length <= 64));
        }
    }

    [Fact]
    public void Frames_that_nobody_takes_are_bounded()
    {
        using var service = new LinkService(new LinkServiceOptions { TransmitQueueMax = 10 }, _pool);
        for (int i = 0; i < 25; i++)
        {
            service.Send(default, LinkTestPackets.Interest(), 0, Instant.Zero);
        }

        Assert.Equal(10, _pool.Outstanding);
        Assert.Equal(15UL, service.Counters.TransmitQueueFull);
        Assert.Equal(10, LinkTestPackets.Drain(service).Count);
    }

    private bool RoundTrip(int size, int mtu, ulong seed)
    {
        IRandomSource random = new XoshiroRandomSource(seed);
        using var sender = new LinkService(new LinkServiceOptions { Mtu = mtu }, _pool, random);
        using var receiver = new LinkService(new LinkServiceOptions(), _pool);
        byte[] packet = LinkTestPackets.OfSize(
            seed % 2 == 0 ? TlvType.Interest : TlvType.Data, size is 256 or 257 or 255 ? 300 : size, seed);
        byte[] token = new byte[random.NextBelow(9)];
        random.Fill(token);
        var headers = new LpHeaders { PitToken = new PitToken(token) };
        sender.Send(headers, packet, 0, Instant.Zero);
        List<byte[]> frames = LinkTestPackets.Drain(sender);
        int whole = frames.Count;

        // Repetitions come right after the first of their kind or later, but before the last fragment.
        byte[][] shuffled = [.. frames];
        LpVectorTests.Shuffle<byte[]>(shuffled, random);
        RecordingSink sink = new();
        for (int i = 0; i < whole; i++)
        {
            if (i > 0 && random.NextBelow(3) == 0)
            {
                receiver.HandleFrame(shuffled[random.NextBelow((uint)i)], Instant.Zero, ref sink);
            }

            receiver.HandleFrame(shuffled[i], Instant.Zero, ref sink);
        }

        return sink.Packets.Count == 1
            && sink.Packets[0].Packet.AsSpan().SequenceEqual(packet)
            && sink.Packets[0].Headers.PitToken == headers.PitToken
            && receiver.PartialPackets == 0
            && frames.TrueForAll(f => f.Length <= mtu);
    }

    private static ulong SequenceOf(byte[] frame)
    {
        Assert.Equal(TlvStatus.Ok, LpPacketView.TryDecode(frame, out LpPacketView view));
        return view.Sequence!.Value;
    }
}
