using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Tests.Link;

public sealed class CongestionMarkingTests : IDisposable
{
    private const long Long = 65537;
    private const long Short = 65536;

    private readonly LinkService _service = new(
        new LinkServiceOptions { EnableCongestionMarking = true }, new FramePool());

    public void Dispose() => _service.Dispose();

    [Fact]
    public void Queue_over_the_threshold_for_an_interval_marks_ever_more_often()
    {
        // 100 ms until the first mark, then 100 / sqrt(2) and 100 / sqrt(3) ms.
        List<long> marked = [];
        for (long ms = 0; ms < 300; ms++)
        {
            if (MarkAt(ms, Long) > 0)
            {
                marked.Add(ms);
            }
        }

        Assert.Equal([100, 171, 229, 279], marked);
        Assert.Equal(4UL, _service.Counters.CongestionMarked);
    }

    [Fact]
    public void Queue_that_shrinks_in_between_is_not_marked()
    {
        Assert.Equal(0UL, MarkAt(0, Long));
        Assert.Equal(0UL, MarkAt(99, Short));
        Assert.Equal(0UL, MarkAt(100, Long));
        Assert.Equal(0UL, MarkAt(199, Long));
        Assert.Equal(1UL, MarkAt(200, Long));
    }

    [Fact]
    public void Each_episode_begins_with_the_whole_interval()
    {
        MarkAt(0, Long);
        Assert.Equal(1UL, MarkAt(100, Long));
        Assert.Equal(1UL, MarkAt(171, Long));
        MarkAt(180, Short);
        MarkAt(200, Long);
        Assert.Equal(1UL, MarkAt(300, Long));
        Assert.Equal(0UL, MarkAt(370, Long));
        Assert.Equal(1UL, MarkAt(371, Long));
    }

    [Fact]
    public void Mark_of_another_node_is_kept()
    {
        MarkAt(0, Long);
        Assert.Equal(9UL, MarkAt(100, Long, mark: 9));
        Assert.Equal(9UL, MarkAt(101, Short, mark: 9));
    }

    [Fact]
    public void Marking_switched_off_never_marks()
    {
        _service.Options = new LinkServiceOptions();
        Assert.Equal(0UL, MarkAt(0, Long));
        Assert.Equal(0UL, MarkAt(1000, long.MaxValue));
    }

    [Fact]
    public void Mark_rides_on_the_first_fragment()
    {
        _service.Options = _service.Options with { Mtu = 100 };
        _service.Send(default, LinkTestPackets.Data(60), Long, Instant.Zero);
        LinkTestPackets.Drain(_service);
        _service.Send(default, LinkTestPackets.Data(95), Long, Instant.FromMilliseconds(100));
        List<byte[]> frames = LinkTestPackets.Drain(_service);
        Assert.Equal(2, frames.Count);
        Assert.Equal([1UL, 0UL], frames.Select(MarkOf));
    }

    private ulong MarkAt(long milliseconds, long queueOctets, ulong mark = 0)
    {
        var headers = new LpHeaders { CongestionMark = mark };
        _service.Send(headers, LinkTestPackets.Data(), queueOctets, Instant.FromMilliseconds(milliseconds));
        return MarkOf(Assert.Single(LinkTestPackets.Drain(_service)));
    }

    private static ulong MarkOf(byte[] frame)
    {
        Assert.Equal(TlvStatus.Ok, LpPacketView.TryDecode(frame, out LpPacketView view));
        return view.Headers.CongestionMark;
    }
}
