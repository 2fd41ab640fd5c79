using Piccolo.Ndn.Buffers;

namespace Piccolo.Ndn.Link;

/// <summary>
/// A packet of which some fragments have come. Fragments lie in one frame, in the order of their arrival.
/// </summary>
internal sealed class PartialPacket
{
    private ushort[] _offsets = [];
    private ushort[] _lengths = [];
    private bool _isInOrder;
    private int _next;

    internal ulong RemoteEndpoint { get; private set; }

    internal ulong MessageId { get; private set; }

    internal int FragCount { get; private set; }

    internal int Received { get; private set; }

    internal FrameLease? Lease { get; private set; }

    internal Instant Deadline { get; set; }

    /// <summary>A field, because it is large; set when fragment 0 comes.</summary>
    internal ReceivedHeaders Headers;

    internal bool IsComplete => Received == FragCount;

    /// <summary>Begins a packet; takes the lease.</summary>
    internal void Begin(ulong remoteEndpoint, ulong messageId, int fragCount, FrameLease lease)
    {
        Invariant.Check(Lease is null, "a partial packet begins twice");
        RemoteEndpoint = remoteEndpoint;
        MessageId = messageId;
        FragCount = fragCount;
        Received = 0;
        Lease = lease;
        Headers = default;
        _isInOrder = true;
        _next = 0;
        if (_lengths.Length < fragCount)
        {
            _offsets = new ushort[fragCount];
            _lengths = new ushort[fragCount];
        }

        _lengths.AsSpan(0, fragCount).Clear();
    }

    internal bool Has(int index) => _lengths[index] > 0;

    /// <summary>Adds a fragment that was not there; false when the frame has no room for it.</summary>
    internal bool TryAdd(int index, ReadOnlySpan<byte> fragment, int packetOctetsMax)
    {
        FrameLease lease = Lease!;
        int offset = lease.Length;
        if (offset + fragment.Length > Math.Min(packetOctetsMax, lease.Capacity))
        {
            return false;
        }

        lease.Length = offset + fragment.Length;
        fragment.CopyTo(lease.Span[offset..]);
        _offsets[index] = (ushort)offset;
        _lengths[index] = (ushort)fragment.Length;
        _isInOrder &= index == _next;
        _next = index + 1;
        Received++;
        return true;
    }

    /// <summary>Ends the packet and hands its octets over in their order; the caller owns the lease.</summary>
    internal FrameLease TakeAssembled(FramePool pool)
    {
        FrameLease arrived = Lease!;
        Lease = null;
        if (_isInOrder)
        {
            return arrived;
        }

        FrameLease ordered = pool.Rent();
        ordered.Length = arrived.Length;
        int position = 0;
        for (int i = 0; i < FragCount; i++)
        {
            arrived.Span.Slice(_offsets[i], _lengths[i]).CopyTo(ordered.Span[position..]);
            position += _lengths[i];
        }

        arrived.Dispose();
        return ordered;
    }

    /// <summary>Ends the packet without a result.</summary>
    internal void Drop()
    {
        Lease?.Dispose();
        Lease = null;
    }
}
