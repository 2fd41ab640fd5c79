using System.Security.Cryptography;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Packets;

/// <summary>Does a Data packet satisfy an Interest, as far as names decide it?</summary>
/// <remarks>
/// MustBeFresh is left to stores, which know when the packet arrived.
/// Source: NDN Packet Format v0.3, "Interest", name matching; ndn-cxx <c>Interest::matchesData</c> behaves the same.
/// </remarks>
public static class PacketMatcher
{
    /// <summary>Whether the Data satisfies the Interest; hashes the Data only when the Interest names a digest.</summary>
    public static bool Matches(in InterestView interest, in DataView data)
    {
        if (interest.Name.Count != data.Name.Count + 1)
        {
            return MatchesPlain(interest.Name, interest.CanBePrefix, data.Name);
        }

        if (!data.Name.IsPrefixOf(interest.Name))
        {
            return false;
        }

        NameComponentView last = interest.Name[data.Name.Count];
        if (last.Type != TlvType.ImplicitSha256DigestComponent)
        {
            return false;
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        data.WriteImplicitDigest(digest);
        return last.Value.SequenceEqual(digest);
    }

    /// <summary>The same for whoever keeps names and digests apart from the packets.</summary>
    /// <param name="interestName">Name of the Interest.</param>
    /// <param name="canBePrefix">Whether the Interest allows longer names.</param>
    /// <param name="dataName">Name of the Data, without its digest.</param>
    /// <param name="implicitDigest">SHA-256 of the whole Data packet.</param>
    public static bool Matches(NameView interestName, bool canBePrefix, NameView dataName, ReadOnlySpan<byte> implicitDigest)
    {
        if (interestName.Count != dataName.Count + 1)
        {
            return MatchesPlain(interestName, canBePrefix, dataName);
        }

        if (!dataName.IsPrefixOf(interestName))
        {
            return false;
        }

        NameComponentView last = interestName[dataName.Count];
        return last.Type == TlvType.ImplicitSha256DigestComponent && last.Value.SequenceEqual(implicitDigest);
    }

    private static bool MatchesPlain(NameView interestName, bool canBePrefix, NameView dataName) =>
        canBePrefix ? interestName.IsPrefixOf(dataName) : interestName.Equals(dataName);
}
