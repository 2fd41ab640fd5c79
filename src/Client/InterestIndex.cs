using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Client;

/// <summary>Finds the waiting Interests that a Data packet satisfies.</summary>
/// <remarks>
/// Buckets by keyed hash of the name, an implicit digest left out; a Data packet looks into one bucket for each of its
/// prefixes. Bound: the owner's; a bucket is a list, in the order of arrival.
/// </remarks>
internal sealed class InterestIndex<TInterest>(NameHasher hasher)
    where TInterest : IndexedInterest
{
    private const int HashesOnStack = 64;

    private readonly Dictionary<ulong, (IndexedInterest Head, IndexedInterest Tail)> _buckets = [];
    private readonly Dictionary<ulong, TInterest> _byId = [];

    internal int Count => _byId.Count;

    internal bool TryGet(ulong id, out TInterest? interest) => _byId.TryGetValue(id, out interest);

    internal void Add(TInterest interest)
    {
        interest.Key = hasher.Hash(WithoutDigest(interest.Name.View).Value);
        _byId.Add(interest.Id, interest);
        ref (IndexedInterest Head, IndexedInterest Tail) bucket =
            ref CollectionsMarshal.GetValueRefOrAddDefault(_buckets, interest.Key, out bool exists);
        if (exists)
        {
            interest.Previous = bucket.Tail;
            bucket.Tail.Next = interest;
            bucket.Tail = interest;
        }
        else
        {
            bucket = (interest, interest);
        }
    }

    internal void Remove(TInterest interest)
    {
        if (!_byId.Remove(interest.Id))
        {
            return;
        }

        (IndexedInterest head, IndexedInterest tail) = _buckets[interest.Key];
        if (ReferenceEquals(head, tail))
        {
            _buckets.Remove(interest.Key);
        }
        else
        {
            _buckets[interest.Key] = (
                ReferenceEquals(head, interest) ? interest.Next! : head,
                ReferenceEquals(tail, interest) ? interest.Previous! : tail);
        }

        if (interest.Previous is { } previous)
        {
            previous.Next = interest.Next;
        }

        if (interest.Next is { } next)
        {
            next.Previous = interest.Previous;
        }

        interest.Previous = null;
        interest.Next = null;
    }

    /// <summary>Adds to a list every Interest that the Data satisfies, shorter names first, older ones first.</summary>
    internal void FindSatisfied(in DataView data, List<TInterest> found)
    {
        int count = data.Name.Count;
        Span<ulong> hashes = count < HashesOnStack ? stackalloc ulong[HashesOnStack] : new ulong[count + 1];
        hasher.HashPrefixes(data.Name, hashes);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        bool hasDigest = false;
        for (int length = 0; length <= count && _buckets.Count > 0; length++)
        {
            if (!_buckets.TryGetValue(hashes[length], out (IndexedInterest Head, IndexedInterest Tail) bucket))
            {
                continue;
            }

            for (IndexedInterest? each = bucket.Head; each is not null; each = each.Next)
            {
                if (each.Name.Count == count + 1 && !hasDigest)
                {
                    data.WriteImplicitDigest(digest);
                    hasDigest = true;
                }

                if (PacketMatcher.Matches(each.Name.View, each.CanBePrefix, data.Name, digest))
                {
                    found.Add((TInterest)each);
                }
            }
        }
    }

    /// <summary>Adds to a list every Interest with the same name and selectors.</summary>
    internal void FindSame(in InterestView interest, List<TInterest> found)
    {
        ulong key = hasher.Hash(WithoutDigest(interest.Name).Value);
        if (!_buckets.TryGetValue(key, out (IndexedInterest Head, IndexedInterest Tail) bucket))
        {
            return;
        }

        for (IndexedInterest? each = bucket.Head; each is not null; each = each.Next)
        {
            if (each.CanBePrefix == interest.CanBePrefix && each.MustBeFresh == interest.MustBeFresh
                && interest.Name.Equals(each.Name))
            {
                found.Add((TInterest)each);
            }
        }
    }

    internal void Clear()
    {
        _buckets.Clear();
        _byId.Clear();
    }

    private static NameView WithoutDigest(NameView name) =>
        name.Count > 0 && name[name.Count - 1].Type == TlvType.ImplicitSha256DigestComponent
            ? name.Prefix(name.Count - 1)
            : name;
}
