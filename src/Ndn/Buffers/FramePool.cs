using System.Runtime.CompilerServices;

namespace Piccolo.Ndn.Buffers;

/// <summary>A pool of equal frames, so that the packet path does not allocate once it is warm.</summary>
/// <remarks>
/// Thread-safe unless made for one owner: drivers rent on their threads, an engine returns on its own. The frame returned last is
/// rented first, while its octets are still in the cache; others wait in a ring.
/// Bound: keeps at most <c>retainedMax</c> idle frames; more are left to the garbage collector. How many may be out
/// at once is bounded by the queues that hold them, not here.
/// A debug build remembers who rented each frame that is out (<see cref="DescribeOutstanding"/>), poisons what comes back,
/// and refuses access through a lease that was returned.
/// </remarks>
public sealed class FramePool
{
    /// <summary>Room for the largest network packet (8800 octets) with its link header.</summary>
    public const int DefaultFrameSize = 9216;

    private readonly int _retainedMax;
    private readonly Stack<FrameLease>? _ownIdle;
#if DEBUG
    private readonly LeaseLedger _ledger = new();
#endif
    private FrameLease? _warm;
    private FrameRing? _idle;
    private PaddedCounter _rentCount;
    private PaddedCounter _returnCount;

    /// <summary>Makes an empty pool; frames are made on demand.</summary>
    /// <param name="frameSize">Octets in each frame.</param>
    /// <param name="retainedMax">How many idle frames are kept for reuse.</param>
    /// <param name="isShared">
    /// False where one thread at a time rents and returns, and hands the pool over with a barrier: a simulation's. No operation is
    /// interlocked then, which matters where every packet's copy would wait for the caches.
    /// </param>
    public FramePool(int frameSize = DefaultFrameSize, int retainedMax = 4096, bool isShared = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frameSize);
        ArgumentOutOfRangeException.ThrowIfNegative(retainedMax);
        FrameSize = frameSize;
        _retainedMax = retainedMax;
        _ownIdle = isShared ? null : new Stack<FrameLease>();
    }

    /// <summary>Octets in each frame.</summary>
    public int FrameSize { get; }

    /// <summary>Whether several threads may use it at once.</summary>
    internal bool IsShared => _ownIdle is null;

    /// <summary>Leases that are out now; zero when every owner has given its frame back.</summary>
    public long Outstanding
    {
        get
        {
            // Returns are read first: a lease that comes back in between then counts as out, never as minus one.
            long returned = Interlocked.Read(ref _returnCount.Value);
            return Interlocked.Read(ref _rentCount.Value) - returned;
        }
    }

    /// <summary>Rents a frame with <see cref="FrameLease.Length"/> zero; the caller owns the lease.</summary>
    /// <param name="renter">Filled in by the compiler: where the frame was rented, for the debug build's ledger.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public FrameLease Rent([CallerFilePath] string renter = "", [CallerLineNumber] int line = 0)
    {
        FrameLease lease = (_ownIdle is null ? TakeShared() : TakeOwn(_ownIdle))
            ?? new FrameLease(this, GC.AllocateUninitializedArray<byte>(FrameSize, pinned: true));
        lease.MarkRented();
#if DEBUG
        _ledger.Enter(lease, renter, line);
#endif
        return lease;
    }

    /// <summary>Rents a frame and copies octets into it; the caller owns the lease.</summary>
    /// <param name="octets">What to copy.</param>
    /// <param name="renter">Filled in by the compiler: where the frame was rented, for the debug build's ledger.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <exception cref="ArgumentOutOfRangeException">The octets do not fit <see cref="FrameSize"/>.</exception>
    public FrameLease Rent(
        ReadOnlySpan<byte> octets, [CallerFilePath] string renter = "", [CallerLineNumber] int line = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(octets.Length, FrameSize, nameof(octets));
        FrameLease lease = Rent(renter, line);
        lease.Length = octets.Length;
        octets.CopyTo(lease.Span);
        return lease;
    }

    /// <summary>Says which leases are out, for the message of a test that finds a leak.</summary>
    /// <returns>
    /// One line for each place in the code with how many of its leases are out, in a debug build; elsewhere only the number.
    /// </returns>
    public string DescribeOutstanding()
    {
#if DEBUG
        return _ledger.Describe();
#else
        return $"{Outstanding} leases are out; a debug build says who rented them";
#endif
    }

    internal void Return(FrameLease lease)
    {
#if DEBUG
        _ledger.Leave(lease);
        lease.Poison();
#endif
        if (_ownIdle is not null)
        {
            _returnCount.Value++;
            if (_ownIdle.Count < _retainedMax)
            {
                _ownIdle.Push(lease);
            }

            return;
        }

        Interlocked.Increment(ref _returnCount.Value);
        if (_retainedMax == 0)
        {
            return;
        }

        FrameLease? cooler = Interlocked.Exchange(ref _warm, lease);
        if (cooler is not null && _retainedMax > 1)
        {
            (_idle ?? MakeRing()).TryAdd(cooler);
        }
    }

    private FrameLease? TakeShared()
    {
        Interlocked.Increment(ref _rentCount.Value);
        return Interlocked.Exchange(ref _warm, null) ?? _idle?.TryTake();
    }

    private FrameLease? TakeOwn(Stack<FrameLease> idle)
    {
        _rentCount.Value++;
        return idle.TryPop(out FrameLease? lease) ? lease : null;
    }

    private FrameRing MakeRing()
    {
        FrameRing ring = new(_retainedMax - 1);
        return Interlocked.CompareExchange(ref _idle, ring, null) ?? ring;
    }
}
