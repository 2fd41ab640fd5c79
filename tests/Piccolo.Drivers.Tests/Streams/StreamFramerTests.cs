using Piccolo.Drivers.Streams;
using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Drivers.Tests.Streams;

public sealed class StreamFramerTests
{
    private readonly FramePool _pool = new();
    private readonly Collector _collector = new();

    [Fact]
    public async Task Stream_split_at_every_octet_boundary_gives_the_same_frames()
    {
        byte[][] frames = [TestFrames.Make(3), TestFrames.Make(300, 7), TestFrames.Make(2), TestFrames.Make(254, 9)];
        byte[] stream = [.. frames.SelectMany(frame => frame)];
        for (int split = 0; split <= stream.Length; split++)
        {
            _collector.Frames.Clear();
            StreamFramer framer = Make(readOctetsMax: 4096);
            Assert.Equal(TlvStatus.NeedMoreData, await FeedAsync(framer, stream.AsMemory(0, split)));
            Assert.Equal(WholeFrames(frames, split), _collector.Frames.Count);
            Assert.Equal(TlvStatus.NeedMoreData, await FeedAsync(framer, stream.AsMemory(split)));
            Assert.Equal(frames, _collector.Frames);
            await framer.CompleteAsync();
        }

        Assert.Equal(0, _pool.Outstanding);
    }

    [Fact]
    public async Task Random_slices_across_buffer_segments_give_the_same_frames()
    {
        IRandomSource random = new XoshiroRandomSource(20_250_101);
        byte[][] frames = [.. Enumerable.Range(0, 300)
            .Select(i => TestFrames.Make(2 + (int)random.NextBelow(i % 10 == 0 ? 8798u : 200u) + (i % 10 == 0 ? 1 : 0), i))];
        byte[] stream = [.. frames.SelectMany(frame => frame)];
        StreamFramer framer = Make(readOctetsMax: 16);
        for (int at = 0; at < stream.Length;)
        {
            int count = Math.Min(1 + (int)random.NextBelow(20_000), stream.Length - at);
            Assert.Equal(TlvStatus.NeedMoreData, await FeedAsync(framer, stream.AsMemory(at, count)));
            at += count;
        }

        Assert.Equal(frames, _collector.Frames);
        await framer.CompleteAsync();
    }

    [Theory]
    [InlineData(new byte[] { 0x06, 0xFD, 0x22, 0x5D }, TlvStatus.TooLarge)] // 4 + 8797 octets are one too many
    [InlineData(new byte[] { 0x06, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, TlvStatus.TooLarge)]
    [InlineData(new byte[] { 0x06, 0xFD, 0x00, 0x01 }, TlvStatus.NonMinimalNumber)]
    [InlineData(new byte[] { 0x00 }, TlvStatus.NotAPacket)]
    [InlineData(new byte[] { 0x47 }, TlvStatus.NotAPacket)] // "G"
    [InlineData(new byte[] { 0xFD }, TlvStatus.NotAPacket)]
    public async Task Bad_header_is_refused_as_soon_as_it_is_there_and_frames_before_it_are_delivered(byte[] bad, TlvStatus expected)
    {
        byte[] good = TestFrames.Make(100, 3);
        StreamFramer framer = Make(readOctetsMax: 4096);
        Assert.Equal(expected, await FeedAsync(framer, (byte[])[.. good, .. bad]));
        Assert.Equal([good], _collector.Frames);
        await framer.CompleteAsync();
    }

    [Fact]
    public async Task Largest_frame_passes()
    {
        StreamFramer framer = Make(readOctetsMax: 4096);
        byte[] largest = TestFrames.Make(PacketLimits.MaxPacketOctets);
        await FeedAsync(framer, largest);
        Assert.Equal([largest], _collector.Frames);
        await framer.CompleteAsync();
    }

    private static int WholeFrames(byte[][] frames, int octets)
    {
        int count = 0;
        foreach (byte[] frame in frames)
        {
            octets -= frame.Length;
            count += octets >= 0 ? 1 : 0;
        }

        return count;
    }

    private static async Task<TlvStatus> FeedAsync(StreamFramer framer, ReadOnlyMemory<byte> octets)
    {
        TlvStatus status = TlvStatus.NeedMoreData;
        while (octets.Length > 0 && status == TlvStatus.NeedMoreData)
        {
            Memory<byte> room = framer.GetRoom();
            int count = Math.Min(room.Length, octets.Length);
            octets[..count].CopyTo(room);
            octets = octets[count..];
            status = await framer.AdvanceAsync(count);
        }

        return status;
    }

    private StreamFramer Make(int readOctetsMax) =>
        new(_collector, _pool, new HostClock(TimeProvider.System), readOctetsMax, PacketLimits.MaxPacketOctets);

    private sealed class Collector : IStreamConnectionOwner
    {
        internal List<byte[]> Frames { get; } = [];

        public void OnFrames(ReadOnlySpan<FrameLease> frames)
        {
            Assert.InRange(frames.Length, 1, 64);
            foreach (FrameLease frame in frames)
            {
                Frames.Add(frame.Span.ToArray());
                frame.Dispose();
            }
        }

        public void OnEnded(StreamConnection connection, LinkCloseReason reason, string detail) =>
            Assert.Fail("a framer ends nothing");
    }
}
