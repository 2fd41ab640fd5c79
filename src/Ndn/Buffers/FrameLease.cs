namespace Piccolo.Ndn.Buffers;

/// <summary>The right to use one pooled frame, held by exactly one party at a time.</summary>
/// <remarks>
/// Owns: whoever rented or took the lease calls <see cref="Dispose"/> exactly once; passing it to a member whose name or
/// comment says it takes ownership ends the caller's right. After disposal the octets may be overwritten at any time.
/// Bound: <see cref="Capacity"/> octets.
/// </remarks>
public sealed class FrameLease : IDisposable
{
    private readonly FramePool _pool;
    private readonly byte[] _octets;
    private int _length;
    private int _rented;

    internal FrameLease(FramePool pool, byte[] octets)
    {
        _pool = pool;
        _octets = octets;
    }

    /// <summary>How many octets the frame can hold.</summary>
    public int Capacity => _octets.Length;

    /// <summary>How many octets of the frame are in use.</summary>
    public int Length
    {
        get => _length;
        set
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)value, (uint)_octets.Length, nameof(value));
            _length = value;
        }
    }

    /// <summary>When the frame arrived, for frames that a driver received.</summary>
    public Instant Arrival { get; set; }

    /// <summary>The octets in use.</summary>
    public Span<byte> Span
    {
        get
        {
            CheckRented();
            return _octets.AsSpan(0, _length);
        }
    }

    /// <summary>The octets in use, for asynchronous senders.</summary>
    public Memory<byte> Memory
    {
        get
        {
            CheckRented();
            return _octets.AsMemory(0, _length);
        }
    }

    /// <summary>The whole frame, for whoever fills it.</summary>
    public Memory<byte> Buffer
    {
        get
        {
            CheckRented();
            return _octets;
        }
    }

    /// <summary>Gives the frame back to its pool.</summary>
    /// <exception cref="InvalidOperationException">The lease was disposed before: two owners believed it theirs.</exception>
    public void Dispose()
    {
        int wasRented = _rented;
        if (_pool.IsShared)
        {
            wasRented = Interlocked.Exchange(ref _rented, 0);
        }
        else
        {
            _rented = 0;
        }

        if (wasRented == 0)
        {
            throw new InvalidOperationException("a frame lease was returned twice");
        }

        _pool.Return(this);
    }

    internal void MarkRented()
    {
        _rented = 1;
        _length = 0;
        Arrival = default;
    }

    internal void Poison() => _octets.AsSpan().Fill(0xDB);

    private void CheckRented() => Invariant.Check(_rented == 1, "a frame is not touched through a lease that was returned");
}
