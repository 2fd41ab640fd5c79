using System.Security.Cryptography;

namespace Piccolo.Forwarder.Tables;

/// <content>The three structures an entry is in: hash chains, the list by recency, and the tree in canonical order.</content>
/// <remarks>
/// The tree is a treap whose priorities come from the keyed name hash, so that no choice of names by a peer makes it deep.
/// Neighbouring names (segments in sequence) are linked beside the last one linked, without a walk from the root.
/// The tree may be left unbuilt until the first question that needs it, which then pays for all entries at once.
/// </remarks>
internal sealed partial class ContentStore
{
    private int _root = -1;
    private int _finger = -1;
    private bool _isOrdered;

    private int FirstOfHash(ulong hash) => SkipToHash(_buckets[(int)hash & (_buckets.Length - 1)], hash);

    private int NextOfHash(int index) => SkipToHash(_entries[index].Next, _entries[index].Hash);

    private int SkipToHash(int index, ulong hash)
    {
        while (index >= 0 && _entries[index].Hash != hash)
        {
            index = _entries[index].Next;
        }

        return index;
    }

    private int TakeEntry()
    {
        int index = _freeHead;
        if (index >= 0)
        {
            _freeHead = _entries[index].Next;
            return index;
        }

        if (_used == _entries.Length)
        {
            Array.Resize(ref _entries, Math.Max(EntriesMin, _entries.Length * 2));
            _buckets = new int[_entries.Length];
            _buckets.AsSpan().Fill(-1);
            for (int old = 0; old < _used; old++)
            {
                if (_entries[old].IsUsed)
                {
                    ref int bucket = ref _buckets[(int)_entries[old].Hash & (_buckets.Length - 1)];
                    _entries[old].Next = bucket;
                    bucket = old;
                }
            }
        }

        return _used++;
    }

    private void Touch(int index)
    {
        if (_newest != index)
        {
            UnlinkRecency(index);
            PushNewest(index);
        }
    }

    private void PushNewest(int index)
    {
        ref ContentStoreEntry entry = ref _entries[index];
        entry.Newer = -1;
        entry.Older = _newest;
        if (_newest >= 0)
        {
            _entries[_newest].Newer = index;
        }
        else
        {
            _oldest = index;
        }

        _newest = index;
    }

    private void UnlinkRecency(int index)
    {
        ref ContentStoreEntry entry = ref _entries[index];
        if (entry.Newer >= 0)
        {
            _entries[entry.Newer].Older = entry.Older;
        }
        else
        {
            _newest = entry.Older;
        }

        if (entry.Older >= 0)
        {
            _entries[entry.Older].Newer = entry.Newer;
        }
        else
        {
            _oldest = entry.Newer;
        }
    }

    /// <summary>The entry with the smallest name that is not before <paramref name="nameValue"/>, or -1.</summary>
    private int LowerBound(ReadOnlySpan<byte> nameValue)
    {
        EnsureOrdered();
        int best = -1;
        int index = _root;
        while (index >= 0)
        {
            if (NameValue(index).SequenceCompareTo(nameValue) >= 0)
            {
                best = index;
                index = _entries[index].Left;
            }
            else
            {
                index = _entries[index].Right;
            }
        }

        return best;
    }

    private void EnsureOrdered()
    {
        if (_isOrdered)
        {
            return;
        }

        _isOrdered = true;
        for (int index = 0; index < _used; index++)
        {
            if (_entries[index].IsUsed)
            {
                Link(index);
            }
        }
    }

    private int Successor(int index)
    {
        int right = _entries[index].Right;
        if (right >= 0)
        {
            while (_entries[right].Left >= 0)
            {
                right = _entries[right].Left;
            }

            return right;
        }

        int parent = _entries[index].Parent;
        while (parent >= 0 && _entries[parent].Right == index)
        {
            index = parent;
            parent = _entries[index].Parent;
        }

        return parent;
    }

    /// <summary>Canonical order of full names. For valid names it is the order of the octets of their TLV-VALUEs.</summary>
    private int Compare(int left, int right)
    {
        int order = NameValue(left).SequenceCompareTo(NameValue(right));
        if (order != 0)
        {
            return order;
        }

        Span<byte> leftDigest = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> rightDigest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Packet(left), leftDigest);
        SHA256.HashData(Packet(right), rightDigest);
        return leftDigest.SequenceCompareTo(rightDigest);
    }

    private void Link(int index)
    {
        if (!_isOrdered)
        {
            return;
        }

        if (!TryLinkAfterFinger(index))
        {
            LinkFromRoot(index);
        }

        _finger = index;
        ulong priority = Priority(index);
        while (_entries[index].Parent >= 0 && Priority(_entries[index].Parent) < priority)
        {
            RotateUp(index);
        }
    }

    private bool TryLinkAfterFinger(int index)
    {
        if (_finger < 0 || Compare(index, _finger) <= 0)
        {
            return false;
        }

        int after = Successor(_finger);
        if (after >= 0 && Compare(index, after) >= 0)
        {
            return false;
        }

        if (_entries[_finger].Right < 0)
        {
            _entries[_finger].Right = index;
            _entries[index].Parent = _finger;
        }
        else
        {
            _entries[after].Left = index;
            _entries[index].Parent = after;
        }

        return true;
    }

    private void LinkFromRoot(int index)
    {
        int parent = -1;
        ref int link = ref _root;
        while (link >= 0)
        {
            parent = link;
            link = ref Compare(index, parent) < 0 ? ref _entries[parent].Left : ref _entries[parent].Right;
        }

        link = index;
        _entries[index].Parent = parent;
    }

    private void Unlink(int index)
    {
        if (!_isOrdered)
        {
            return;
        }

        while (_entries[index].Left >= 0 && _entries[index].Right >= 0)
        {
            int left = _entries[index].Left;
            int right = _entries[index].Right;
            RotateUp(Priority(left) > Priority(right) ? left : right);
        }

        int child = _entries[index].Left >= 0 ? _entries[index].Left : _entries[index].Right;
        int parent = _entries[index].Parent;
        if (child >= 0)
        {
            _entries[child].Parent = parent;
        }

        ReplaceChild(parent, index, child);
        if (_finger == index)
        {
            _finger = -1;
        }
    }

    private ulong Priority(int index) => (_entries[index].Hash ^ (uint)index) * 0x9E3779B97F4A7C15;

    private void RotateUp(int index)
    {
        int parent = _entries[index].Parent;
        int grandparent = _entries[parent].Parent;
        int inner;
        if (_entries[parent].Left == index)
        {
            inner = _entries[index].Right;
            _entries[parent].Left = inner;
            _entries[index].Right = parent;
        }
        else
        {
            inner = _entries[index].Left;
            _entries[parent].Right = inner;
            _entries[index].Left = parent;
        }

        if (inner >= 0)
        {
            _entries[inner].Parent = parent;
        }

        _entries[parent].Parent = index;
        _entries[index].Parent = grandparent;
        ReplaceChild(grandparent, parent, index);
    }

    private void ReplaceChild(int parent, int oldChild, int newChild)
    {
        if (parent < 0)
        {
            _root = newChild;
        }
        else if (_entries[parent].Left == oldChild)
        {
            _entries[parent].Left = newChild;
        }
        else
        {
            _entries[parent].Right = newChild;
        }
    }
}
