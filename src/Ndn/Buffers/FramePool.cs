using System.Collections.Concurrent;

namespace Piccolo.Ndn.Buffers;

/// <summary>A pool of equal frames, so that the packet path does not allocate once it is warm.</summary>
/// <remarks>
/// Thread-safe: drivers rent on their threads, an engine returns on its own.
/// Bound: keeps at most <c>retainedMax</c> idle frames; more are left to the garbage collector. How many may be out
/// at once is bounded by the queues that hold them, not here.
/// </remarks>
public sealed class FramePool
{
    /// <summary>Room for the largest network packet (8800 octets) with its link header.</summary>
    public const int DefaultFrameSize = 9216;

    private readonly ConcurrentBag<FrameLease> _idle = [];
    private readonly int _retainedMax;
    private int _idleCount;
    private long _outstanding;

    /// <summary>Makes an empty pool; frames are made on demand.</summary>
    /// <param name="frameSize">Octets in each frame.</param>
    /// <param name="retainedMax">How many idle frames are kept for reuse.</param>
    public FramePool(int frameSize = DefaultFrameSize, int retainedMax = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frameSize);
        ArgumentOutOfRangeException.ThrowIfNegative(retainedMax);
        FrameSize = frameSize;
        _retainedMax = retainedMax;
    }

    /// <summary>Octets in each frame.</summary>
    public int FrameSize { get; }

    /// <summary>Leases that are out now; zero when every owner has given its frame back.</summary>
    public long Outstanding => Interlocked.Read(ref _outstanding);

    /// <summary>Rents a frame with <see cref="FrameLease.Length"/> zero; the caller owns the lease.</summary>
    public FrameLease Rent()
    {
        if (_idle.TryTake(out FrameLease? lease))
        {
            Interlocked.Decrement(ref _idleCount);
        }
        else
        {
            lease = new FrameLease(this, GC.AllocateUninitializedArray<byte>(FrameSize, pinned: true));
        }

        Interlocked.Increment(ref _outstanding);
        lease.MarkRented();
        return lease;
    }

    /// <summary>Rents a frame and copies octets into it; the caller owns the lease.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The octets do not fit <see cref="FrameSize"/>.</exception>
    public FrameLease Rent(ReadOnlySpan<byte> octets)
    {
        FrameLease lease = Rent();
        lease.Length = octets.Length;
        octets.CopyTo(lease.Span);
        return lease;
    }

    internal void Return(FrameLease lease)
    {
#if DEBUG
        lease.Poison();
#endif
        Interlocked.Decrement(ref _outstanding);
        if (Interlocked.Increment(ref _idleCount) <= _retainedMax)
        {
            _idle.Add(lease);
        }
        else
        {
            Interlocked.Decrement(ref _idleCount);
        }
    }
}
