using Piccolo.Forwarder.Faces;
using Piccolo.Ndn;

namespace Piccolo.Forwarder.Tables;

/// <summary>The forwarding information base: prefixes and their nexthops by cost.</summary>
/// <remarks>
/// The root entry always exists. Other entries exist while they have a nexthop.
/// Bound: entries and nexthops have limits of their own.
/// </remarks>
internal sealed class Fib
{
    private readonly PrefixTable _prefixes;
    private readonly RecordPool<NextHopRecord> _hops;
    private readonly FaceTable _faces;

    public Fib(int capacity, int nextHopCapacity, OctetSlab names, ulong rootHash, FaceTable faces)
    {
        _faces = faces;
        _prefixes = new PrefixTable(capacity, names);
        _hops = new RecordPool<NextHopRecord>(nextHopCapacity);
        Root = _prefixes.Add(default, rootHash, 0, -1);
    }

    /// <summary>The entry of the empty prefix.</summary>
    public int Root { get; }

    /// <summary>Entries, the root included.</summary>
    public int Count => _prefixes.Count;

    /// <summary>Nexthops in all entries.</summary>
    public int NextHopCount => _hops.Count;

    /// <summary>Indices below this may be in use.</summary>
    public int IndexEnd => _prefixes.IndexEnd;

    /// <summary>Bytes of one entry with one nexthop, without its name.</summary>
    public static int BytesPerEntry => PrefixTable.BytesPerEntry + RecordPool<NextHopRecord>.BytesPerRecord;

    /// <summary>Bytes allocated, without names.</summary>
    public long ReservedBytes => _prefixes.ReservedBytes + _hops.ReservedBytes;

    /// <summary>Whether an index is in use.</summary>
    public bool IsUsed(int index) => _prefixes.IsUsed(index);

    /// <summary>The prefix of an entry.</summary>
    public ReadOnlySpan<byte> NameValue(int index) => _prefixes.NameValue(index);

    /// <summary>The entry of exactly this prefix, or -1.</summary>
    public int Find(ReadOnlySpan<byte> nameValue, ulong hash) => _prefixes.Find(nameValue, hash);

    /// <summary>The entry of the longest prefix; at least the root.</summary>
    public int FindLongest(ReadOnlySpan<byte> nameValue, ReadOnlySpan<ulong> hashes) =>
        _prefixes.FindLongest(nameValue, hashes);

    /// <summary>Hints that <see cref="FindLongest"/> follows.</summary>
    public void Expect(ReadOnlySpan<ulong> hashes) => _prefixes.Expect(hashes);

    /// <summary>First nexthop of an entry, or -1.</summary>
    public int FirstHop(int index) => _prefixes.Value(index);

    /// <summary>The nexthop of a number; the reference is good until nexthops change.</summary>
    public ref NextHopRecord Hop(int hop) => ref _hops[hop];

    /// <summary>Adds a nexthop or sets its cost.</summary>
    /// <returns>The entry's index, or -1 at a limit; then nothing changed.</returns>
    public int AddNextHop(ReadOnlySpan<byte> nameValue, ulong hash, int depth, int faceSlot, ulong cost)
    {
        int index = Find(nameValue, hash);
        if (index >= 0)
        {
            RemoveHop(index, faceSlot); // Makes room for itself when it was there.
        }

        int hop = _hops.Take();
        if (hop < 0)
        {
            return -1;
        }

        if (index < 0)
        {
            index = _prefixes.Add(nameValue, hash, depth, -1);
            if (index < 0)
            {
                _hops.Return(hop);
                return -1;
            }
        }

        ref int link = ref _prefixes.Value(index);
        while (link >= 0 && IsBefore(_hops[link], cost, faceSlot))
        {
            link = ref _hops[link].Next;
        }

        _hops[hop] = new NextHopRecord { Cost = cost, FaceSlot = faceSlot, Next = link };
        link = hop;
        _faces[faceSlot].NextHopCount++;
        return index;
    }

    /// <summary>Takes a nexthop out, and the entry with its last one.</summary>
    /// <returns>False when there was none.</returns>
    public bool RemoveNextHop(int index, int faceSlot)
    {
        if (!RemoveHop(index, faceSlot))
        {
            return false;
        }

        if (index != Root && _prefixes.Value(index) < 0)
        {
            _prefixes.Remove(index);
        }

        return true;
    }

    private bool IsBefore(in NextHopRecord hop, ulong cost, int faceSlot) =>
        hop.Cost < cost || (hop.Cost == cost && _faces[hop.FaceSlot].Id.Value < _faces[faceSlot].Id.Value);

    private bool RemoveHop(int index, int faceSlot)
    {
        ref int link = ref _prefixes.Value(index);
        while (link >= 0 && _hops[link].FaceSlot != faceSlot)
        {
            link = ref _hops[link].Next;
        }

        if (link < 0)
        {
            return false;
        }

        int hop = link;
        link = _hops[hop].Next;
        _hops.Return(hop);
        _faces[faceSlot].NextHopCount--;
        Invariant.Check(_hops.Count >= 0, "a nexthop is returned once");
        return true;
    }
}
