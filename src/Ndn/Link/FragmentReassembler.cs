using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Link;

/// <summary>Puts fragments together, in any order, within bounds of count, octets and time.</summary>
/// <remarks>
/// Bound: <see cref="LinkServiceOptions.PartialPacketsMax"/> packets and
/// <see cref="LinkServiceOptions.ReassemblyOctetsMax"/> octets; at either, the packet longest without news goes.
/// Each call looks at every partial packet at most a few times.
/// Source: NDNLPv2, "Fragmentation"; message identity is Sequence - FragIndex, per remote end point.
/// </remarks>
internal sealed class FragmentReassembler(LinkContext context)
{
    // The first _count slots are in use; the rest wait to be used again.
    private readonly List<PartialPacket> _slots = [];
    private int _count;
    private int _octets;

    /// <summary>Not later than the first packet that times out.</summary>
    internal Instant NextTimeout { get; private set; } = Instant.Never;

    internal int Count => _count;

    /// <summary>Adds one fragment of several.</summary>
    /// <param name="view">The frame; its fragment is not empty.</param>
    /// <param name="remoteEndpoint">Which peer sent it, on links with several.</param>
    /// <param name="timeout">How long to wait for the next fragment.</param>
    /// <param name="now">The time.</param>
    /// <param name="headers">The headers of fragment 0, when the packet is complete.</param>
    /// <returns>The complete packet, which the caller owns, or null.</returns>
    internal FrameLease? Add(
        in LpPacketView view,
        ulong remoteEndpoint,
        TimeSpan timeout,
        Instant now,
        out ReceivedHeaders headers)
    {
        headers = default;
        if (view.FragIndex >= view.FragCount || view.FragCount > (ulong)context.Options.FragmentsMax
            || view.Sequence is not ulong sequence)
        {
            context.Counters.RefusedFragments++;
            return null;
        }

        int index = (int)view.FragIndex;
        int slot = FindOrBegin(remoteEndpoint, unchecked(sequence - view.FragIndex), (int)view.FragCount);
        PartialPacket partial = _slots[slot];
        if (partial.FragCount != (int)view.FragCount)
        {
            context.Counters.RefusedFragments++;
            return null;
        }

        if (partial.Has(index))
        {
            context.Counters.DuplicateFragments++;
            return null;
        }

        if (!partial.TryAdd(index, view.Fragment, PacketLimits.MaxPacketOctets))
        {
            context.Counters.ReassemblyTooLarge++;
            Remove(slot);
            return null;
        }

        _octets += view.Fragment.Length;
        if (index == 0)
        {
            partial.Headers = ReceivedHeaders.From(view, context.Options);
        }

        if (partial.IsComplete)
        {
            headers = partial.Headers;
            FrameLease packet = partial.TakeAssembled(context.Pool);
            _octets -= packet.Length;
            Free(slot);
            return packet;
        }

        partial.Deadline = now + timeout;
        NextTimeout = Instant.Min(NextTimeout, partial.Deadline);
        EvictOverLimits(partial);
        return null;
    }

    internal void HandleTimeout(Instant now)
    {
        if (now < NextTimeout)
        {
            return;
        }

        Instant next = Instant.Never;
        for (int i = _count - 1; i >= 0; i--)
        {
            if (_slots[i].Deadline <= now)
            {
                context.Counters.ReassemblyTimeouts++;
                Remove(i);
            }
            else
            {
                next = Instant.Min(next, _slots[i].Deadline);
            }
        }

        NextTimeout = next;
    }

    internal void Clear()
    {
        while (_count > 0)
        {
            Remove(_count - 1);
        }
    }

    private int FindOrBegin(ulong remoteEndpoint, ulong messageId, int fragCount)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_slots[i].MessageId == messageId && _slots[i].RemoteEndpoint == remoteEndpoint)
            {
                return i;
            }
        }

        if (_count == _slots.Count)
        {
            _slots.Add(new PartialPacket());
        }

        _slots[_count].Begin(remoteEndpoint, messageId, fragCount, context.Pool.Rent());
        return _count++;
    }

    private void EvictOverLimits(PartialPacket newest)
    {
        int countMax = Math.Max(1, context.Options.PartialPacketsMax);
        while (_count > 1 && (_count > countMax || _octets > context.Options.ReassemblyOctetsMax))
        {
            int oldest = -1;
            for (int i = 0; i < _count; i++)
            {
                if (_slots[i] != newest && (oldest < 0 || _slots[i].Deadline < _slots[oldest].Deadline))
                {
                    oldest = i;
                }
            }

            context.Counters.ReassemblyEvictions++;
            Remove(oldest);
        }
    }

    private void Remove(int slot)
    {
        _octets -= _slots[slot].Lease!.Length;
        _slots[slot].Drop();
        Free(slot);
    }

    /// <summary>Moves a slot that has no lease any more behind those in use.</summary>
    private void Free(int slot)
    {
        _count--;
        (_slots[slot], _slots[_count]) = (_slots[_count], _slots[slot]);
        if (_count == 0)
        {
            NextTimeout = Instant.Never;
        }
    }
}
