using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Drivers.Tests;

/// <summary>Frames of an exact size: one Data element filled from a number.</summary>
internal static class TestFrames
{
    internal static byte[] Make(int sizeOctets, int fill = 0, uint type = TlvType.Data)
    {
        int header = sizeOctets < 2 + 253 ? 2 : 4;
        byte[] frame = new byte[sizeOctets];
        frame.AsSpan(header).Fill((byte)fill);
        if (header + 4 <= sizeOctets)
        {
            BitConverter.TryWriteBytes(frame.AsSpan(header), fill);
        }

        var writer = new TlvWriter(frame);
        writer.WriteHeader(type, sizeOctets - header);
        Assert.Equal(header, writer.Position);
        return frame;
    }

    internal static FrameLease[] Rent(FramePool pool, params byte[][] frames) => [.. frames.Select(frame => pool.Rent(frame))];

    /// <summary>The whole test fails when a lease was lost or returned twice.</summary>
    internal static async Task AllLeasesAreBackAsync(FramePool pool)
    {
        // Threads that were told to stop may hold their spare frame for a moment more.
        using var patience = new CancellationTokenSource(RecordingReceiver.Patience);
        while (pool.Outstanding != 0 && !patience.IsCancellationRequested)
        {
            await Task.Yield();
        }

        Assert.Equal(0, pool.Outstanding);
    }
}
