using System.Buffers;
using System.IO.Pipelines;
using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Drivers.Streams;

/// <summary>Cuts a stream of octets into frames, however the network sliced it.</summary>
/// <remarks>
/// Both ends of the pipe belong to one receiving loop and never wait for each other; it lends buffers and keeps the
/// incomplete frame between reads. Bound: one incomplete frame and one read.
/// </remarks>
internal sealed class StreamFramer(
    IStreamConnectionOwner owner, FramePool pool, HostClock clock, int readOctetsMax, int frameOctetsMax)
{
    private const int BatchSize = 64;

    private readonly FrameLease[] _batch = new FrameLease[BatchSize];
    private readonly Pipe _pipe = new(new PipeOptions(
        readerScheduler: PipeScheduler.Inline,
        writerScheduler: PipeScheduler.Inline,
        pauseWriterThreshold: 0,
        resumeWriterThreshold: 0,
        minimumSegmentSize: readOctetsMax,
        useSynchronizationContext: false));

    /// <summary>Where the next octets go.</summary>
    internal Memory<byte> GetRoom() => _pipe.Writer.GetMemory(frameOctetsMax);

    /// <summary>Takes note of octets that were read into the room, and delivers the frames they complete.</summary>
    /// <returns>NeedMoreData, or why the stream cannot be cut any more.</returns>
    internal async ValueTask<TlvStatus> AdvanceAsync(int octets)
    {
        _pipe.Writer.Advance(octets);
        await _pipe.Writer.FlushAsync().ConfigureAwait(false); // completes at once: nothing pauses the writer
        if (!_pipe.Reader.TryRead(out ReadResult result))
        {
            return TlvStatus.NeedMoreData;
        }

        ReadOnlySequence<byte> buffered = result.Buffer;
        TlvStatus status = CutFrames(ref buffered);
        _pipe.Reader.AdvanceTo(buffered.Start, buffered.End);
        return status;
    }

    /// <summary>Gives the buffers back.</summary>
    internal async ValueTask CompleteAsync()
    {
        await _pipe.Writer.CompleteAsync().ConfigureAwait(false);
        await _pipe.Reader.CompleteAsync().ConfigureAwait(false);
    }

    /// <summary>Delivers all whole frames at the start and cuts them off.</summary>
    private TlvStatus CutFrames(ref ReadOnlySequence<byte> octets)
    {
        Instant now = clock.Now;
        TlvStatus status;
        int count = 0;
        while ((status = FrameCheck.ScanStream(octets, frameOctetsMax, out int length)) == TlvStatus.Ok)
        {
            FrameLease frame = pool.Rent();
            frame.Arrival = now;
            frame.Length = length;
            octets.Slice(0, length).CopyTo(frame.Span);
            octets = octets.Slice(length);
            _batch[count++] = frame;
            if (count == BatchSize)
            {
                owner.OnFrames(_batch);
                count = 0;
            }
        }

        if (count > 0)
        {
            owner.OnFrames(_batch.AsSpan(0, count));
        }

        return status;
    }
}
