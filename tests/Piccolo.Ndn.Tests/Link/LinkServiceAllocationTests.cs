using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Ndn.Tests.Link;

/// <summary>The packet path allocates nothing once it is warm.</summary>
public sealed class LinkServiceAllocationTests
{
    private const int Iterations = 1000;

    private readonly FramePool _pool = new();
    private CountingSink _sink;
    private Instant _now = Instant.Zero;

    [Fact]
    public void Bare_packets_in_and_out_allocate_nothing()
    {
        using var service = new LinkService(new LinkServiceOptions(), _pool);
        byte[] interest = LinkTestPackets.Interest();
        byte[] data = LinkTestPackets.Data(1200);
        AssertNoAllocation(() =>
        {
            service.HandleFrame(interest, _now, ref _sink);
            service.HandleFrame(data, _now, ref _sink);
            service.Send(default, data, 0, _now);
            Drain(service);
        });
        Assert.Equal(2 * _sink.Interests, _sink.Interests + _sink.Datas);
    }

    [Fact]
    public void Packets_with_a_token_and_marks_allocate_nothing()
    {
        using var service = new LinkService(
            new LinkServiceOptions { EnableCongestionMarking = true, AllowLocalFields = true }, _pool);
        var headers = new LpHeaders { PitToken = new PitToken(new byte[8]), CongestionMark = 1, IncomingFaceId = 300 };
        byte[] data = LinkTestPackets.Data(1200);
        byte[] frame = new LpPacket { Headers = headers, Fragment = data }.Encode();
        AssertNoAllocation(() =>
        {
            service.HandleFrame(frame, _now, ref _sink);
            service.Send(headers, data, 100_000, _now);
            Drain(service);
        });
        Assert.True(_sink.Datas >= Iterations);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fragments_from_end_to_end_allocate_nothing(bool reliable)
    {
        var options = new LinkServiceOptions { Mtu = 1400, EnableReliability = reliable };
        using var left = new LinkService(options, _pool);
        using var right = new LinkService(options with { RecentSequencesMax = 500 }, _pool);
        byte[] data = LinkTestPackets.Data(8000);
        AssertNoAllocation(() =>
        {
            _now = _now.AddNanoseconds(10_000_000);
            left.Send(default, data, 0, _now);
            Carry(left, right);
            right.HandleTimeout(_now);
            _now = _now.AddNanoseconds(10_000_000);
            right.HandleTimeout(_now);
            Carry(right, left);
        });
        Assert.True(_sink.Datas >= Iterations);
        Assert.Equal(0, left.Unacknowledged);
        Assert.Equal(0, _pool.Outstanding);
    }

    private void Carry(LinkService from, LinkService to)
    {
        while (from.TryTakeTransmit(out FrameLease? frame))
        {
            to.HandleFrame(frame.Span, _now, ref _sink);
            frame.Dispose();
        }
    }

    private static void Drain(LinkService service)
    {
        while (service.TryTakeTransmit(out FrameLease? frame))
        {
            frame.Dispose();
        }
    }

    private static void AssertNoAllocation(Action step)
    {
        for (int i = 0; i < Iterations; i++)
        {
            step();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Iterations; i++)
        {
            step();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private struct CountingSink : ILinkServiceSink
    {
        public int Interests { get; private set; }

        public int Datas { get; private set; }

        public void OnInterest(in LpHeaders headers, ReadOnlySpan<byte> packet) => Interests++;

        public void OnData(in LpHeaders headers, ReadOnlySpan<byte> packet) => Datas++;

        public void OnNack(in LpHeaders headers, ReadOnlySpan<byte> interest) => Interests++;
    }
}
