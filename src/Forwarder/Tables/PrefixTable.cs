using System.Runtime.CompilerServices;
using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;

namespace Piccolo.Forwarder.Tables;

/// <summary>A set of name prefixes, each with one number, found by the hashes of a name's prefixes.</summary>
/// <remarks>
/// The FIB and the strategy choice are such tables. A match is decided by octets, never by hash alone. Longest match skips
/// depths at which no prefix exists.
/// Bound: <see cref="MaxDepth"/> components; entries up to the capacity; chains are short because the hash is keyed.
/// </remarks>
internal sealed class PrefixTable
{
    /// <summary>The most components a prefix may have.</summary>
    /// <remarks>Source: NFD, name tree depth.</remarks>
    public const int MaxDepth = 32;

    private readonly OctetSlab _names;
    private int[] _countAtDepth = new int[4];
    private Node[] _nodes = new Node[2];
    private int[] _buckets = [-1, -1];
    private int _used;
    private int _freeHead = -1;
    private ulong _depths;

    /// <param name="capacity">How many prefixes there may be.</param>
    /// <param name="names">Where the names are kept.</param>
    public PrefixTable(int capacity, OctetSlab names)
    {
        Capacity = capacity;
        _names = names;
    }

    /// <summary>How many prefixes there may be.</summary>
    public int Capacity { get; }

    /// <summary>How many prefixes there are.</summary>
    public int Count { get; private set; }

    /// <summary>Indices below this may be in use; see <see cref="IsUsed"/>.</summary>
    public int IndexEnd => _used;

    /// <summary>Bytes for one prefix without its octets.</summary>
    public static int BytesPerEntry => Unsafe.SizeOf<Node>() + sizeof(int);

    /// <summary>Bytes allocated for nodes and buckets.</summary>
    public long ReservedBytes => ((long)_nodes.Length * Unsafe.SizeOf<Node>()) + ((long)_buckets.Length * sizeof(int));

    /// <summary>Whether an index names a prefix of the table.</summary>
    public bool IsUsed(int index) => _nodes[index].Depth != Node.FreeDepth;

    /// <summary>The number that belongs to a prefix.</summary>
    public ref int Value(int index) => ref _nodes[index].Value;

    /// <summary>The prefix's Name TLV-VALUE; valid until the table changes.</summary>
    public ReadOnlySpan<byte> NameValue(int index)
    {
        ref Node node = ref _nodes[index];
        return node.NameLength == 0 ? default : _names.Span(node.NameHandle, node.NameLength);
    }

    /// <summary>How many components a prefix has.</summary>
    public int Depth(int index) => _nodes[index].Depth;

    /// <summary>The prefix that equals a name.</summary>
    /// <returns>Its index, or -1.</returns>
    public int Find(ReadOnlySpan<byte> nameValue, ulong hash)
    {
        int index = _buckets[(int)hash & (_buckets.Length - 1)];
        while (index >= 0)
        {
            ref Node node = ref _nodes[index];
            if (node.Hash == hash && node.NameLength == nameValue.Length && NameValue(index).SequenceEqual(nameValue))
            {
                return index;
            }

            index = node.Next;
        }

        return -1;
    }

    /// <summary>The longest prefix of a name that the table has.</summary>
    /// <param name="nameValue">The Name TLV-VALUE.</param>
    /// <param name="hashes">Hash of each of its prefixes, from none to all components.</param>
    /// <returns>Its index, or -1.</returns>
    public int FindLongest(ReadOnlySpan<byte> nameValue, ReadOnlySpan<ulong> hashes)
    {
        int depth = Math.Min(hashes.Length - 1, MaxDepth);
        ulong depths = _depths & (ulong.MaxValue >> (63 - depth));
        while (depths != 0)
        {
            depth = 63 - System.Numerics.BitOperations.LeadingZeroCount(depths);
            depths &= ~(1UL << depth);
            ulong hash = hashes[depth];
            int index = _buckets[(int)hash & (_buckets.Length - 1)];
            while (index >= 0)
            {
                ref Node node = ref _nodes[index];
                if (node.Hash == hash && node.Depth == depth && nameValue.StartsWith(NameValue(index)))
                {
                    return index;
                }

                index = node.Next;
            }
        }

        return -1;
    }

    /// <summary>Hints that <see cref="FindLongest"/> follows: at the bucket it will look into first.</summary>
    public void Expect(ReadOnlySpan<ulong> hashes)
    {
        ulong depths = _depths & (ulong.MaxValue >> (63 - Math.Min(hashes.Length - 1, MaxDepth)));
        if (depths != 0)
        {
            ulong hash = hashes[63 - System.Numerics.BitOperations.LeadingZeroCount(depths)];
            CacheHint.Line(ref _buckets[(int)hash & (_buckets.Length - 1)]);
        }
    }

    /// <summary>Adds a prefix that the table does not have.</summary>
    /// <returns>Its index, or -1 when the table, its octets or the depth are at their limit.</returns>
    public int Add(ReadOnlySpan<byte> nameValue, ulong hash, int depth, int value)
    {
        Invariant.Check(Find(nameValue, hash) < 0, "a prefix is added once");
        if (Count >= Capacity || depth > MaxDepth)
        {
            return -1;
        }

        uint handle = 0;
        if (nameValue.Length > 0 && !_names.TryStore(nameValue, out handle))
        {
            return -1;
        }

        int index = _freeHead;
        if (index >= 0)
        {
            _freeHead = _nodes[index].Next;
        }
        else
        {
            if (_used == _nodes.Length)
            {
                Grow();
            }

            index = _used++;
        }

        ref int bucket = ref _buckets[(int)hash & (_buckets.Length - 1)];
        _nodes[index] = new Node
        {
            Hash = hash,
            NameHandle = handle,
            NameLength = (ushort)nameValue.Length,
            Depth = (byte)depth,
            Next = bucket,
            Value = value,
        };
        bucket = index;
        Count++;
        if (depth >= _countAtDepth.Length)
        {
            Array.Resize(ref _countAtDepth, Math.Min(MaxDepth + 1, 2 * depth));
        }

        _countAtDepth[depth]++;
        _depths |= 1UL << depth;
        return index;
    }

    /// <summary>Takes a prefix out.</summary>
    public void Remove(int index)
    {
        ref Node node = ref _nodes[index];
        ref int link = ref _buckets[(int)node.Hash & (_buckets.Length - 1)];
        while (link != index)
        {
            link = ref _nodes[link].Next;
        }

        link = node.Next;
        if (node.NameLength > 0)
        {
            _names.Free(node.NameHandle);
        }

        if (--_countAtDepth[node.Depth] == 0)
        {
            _depths &= ~(1UL << node.Depth);
        }

        node = new Node { Depth = Node.FreeDepth, Next = _freeHead };
        _freeHead = index;
        Count--;
    }

    private void Grow()
    {
        int length = _nodes.Length * 2;
        Array.Resize(ref _nodes, length);
        _buckets = new int[length];
        _buckets.AsSpan().Fill(-1);
        for (int index = 0; index < _used; index++)
        {
            ref Node node = ref _nodes[index];
            if (node.Depth != Node.FreeDepth)
            {
                ref int bucket = ref _buckets[(int)node.Hash & (length - 1)];
                node.Next = bucket;
                bucket = index;
            }
        }
    }

    private struct Node
    {
        public const byte FreeDepth = byte.MaxValue;

        public ulong Hash;
        public uint NameHandle;
        public int Next;
        public int Value;
        public ushort NameLength;
        public byte Depth;
    }
}
