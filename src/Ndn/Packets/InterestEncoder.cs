using System.Buffers.Binary;
using System.Security.Cryptography;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Packets;

/// <summary>Turns an <see cref="Interest"/> into octets.</summary>
internal static class InterestEncoder
{
    internal static byte[] Encode(Interest interest)
    {
        byte[] tail = EncodeTail(interest);
        Name name = WireName(interest, tail);
        if (name.Count == 0)
        {
            throw new InvalidOperationException("an Interest needs a name of at least one component");
        }

        byte[] hint = EncodeHint(interest);
        int length = name.EncodedLength + tail.Length + OptionalLength(interest, hint);
        byte[] packet = new byte[TlvWriter.SizeOfElement(TlvType.Interest, length)];
        TlvWriter writer = new(packet);
        writer.WriteHeader(TlvType.Interest, length);
        name.Write(ref writer);
        WriteOptional(ref writer, interest, hint);
        writer.WriteRaw(tail);
        Invariant.Check(writer.Position == packet.Length, "sizes are computed as they are written");
        return packet;
    }

    internal static Name NameWithDigest(Interest interest) => WireName(interest, EncodeTail(interest));

    internal static Name NameWithoutDigest(Name name)
    {
        int index = DigestIndex(name);
        return index < 0 ? name : name.Prefix(index).Append(name.Slice(index + 1, name.Count - index - 1));
    }

    internal static byte[] SignedPortion(Interest interest)
    {
        if (interest.SignatureInfo is null)
        {
            return [];
        }

        Name name = NameWithoutDigest(interest.Name);
        ReadOnlySpan<byte> parameters = (interest.ApplicationParameters ?? default).Span;
        int length = name.Value.Length + TlvWriter.SizeOfElement(TlvType.ApplicationParameters, parameters.Length)
            + interest.SignatureInfo.EncodedLength(TlvType.InterestSignatureInfo);
        byte[] octets = new byte[length];
        TlvWriter writer = new(octets);
        writer.WriteRaw(name.Value);
        writer.WriteElement(TlvType.ApplicationParameters, parameters);
        interest.SignatureInfo.Write(ref writer, TlvType.InterestSignatureInfo);
        return octets;
    }

    /// <summary>ApplicationParameters and what follows: the octets that the digest covers.</summary>
    private static byte[] EncodeTail(Interest interest)
    {
        if (interest.ApplicationParameters is not { } parameters)
        {
            return interest.SignatureInfo is null
                ? []
                : throw new InvalidOperationException("a signed Interest has ApplicationParameters, empty ones at least");
        }

        int length = TlvWriter.SizeOfElement(TlvType.ApplicationParameters, parameters.Length);
        if (interest.SignatureInfo is not null)
        {
            length += interest.SignatureInfo.EncodedLength(TlvType.InterestSignatureInfo)
                + TlvWriter.SizeOfElement(TlvType.InterestSignatureValue, interest.SignatureValue.Length);
        }

        byte[] tail = new byte[length];
        TlvWriter writer = new(tail);
        writer.WriteElement(TlvType.ApplicationParameters, parameters.Span);
        if (interest.SignatureInfo is not null)
        {
            interest.SignatureInfo.Write(ref writer, TlvType.InterestSignatureInfo);
            writer.WriteElement(TlvType.InterestSignatureValue, interest.SignatureValue.Span);
        }

        return tail;
    }

    private static Name WireName(Interest interest, ReadOnlySpan<byte> tail)
    {
        int index = DigestIndex(interest.Name);
        if (tail.IsEmpty)
        {
            return index < 0
                ? interest.Name
                : throw new InvalidOperationException("a parameters digest needs ApplicationParameters: " + interest.Name);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(tail, hash);
        NameComponent digest = NameComponent.ParametersDigest(hash);
        if (index < 0 || interest.SignatureInfo is not null)
        {
            return NameWithoutDigest(interest.Name).Append(digest);
        }

        return interest.Name.Prefix(index).Append(digest).Append(interest.Name.Slice(index + 1, interest.Name.Count - index - 1));
    }

    private static int DigestIndex(Name name)
    {
        int index = 0;
        foreach (NameComponentView component in name.View)
        {
            if (component.Type == TlvType.ParametersSha256DigestComponent)
            {
                return index;
            }

            index++;
        }

        return -1;
    }

    private static byte[] EncodeHint(Interest interest)
    {
        int length = 0;
        for (int i = 0; i < interest.ForwardingHint.Count; i++)
        {
            length += interest.ForwardingHint[i].EncodedLength;
        }

        byte[] hint = new byte[length];
        TlvWriter writer = new(hint);
        for (int i = 0; i < interest.ForwardingHint.Count; i++)
        {
            interest.ForwardingHint[i].Write(ref writer);
        }

        return hint;
    }

    private static int OptionalLength(Interest interest, byte[] hint) =>
        (interest.CanBePrefix ? TlvWriter.SizeOfElement(TlvType.CanBePrefix, 0) : 0)
        + (interest.MustBeFresh ? TlvWriter.SizeOfElement(TlvType.MustBeFresh, 0) : 0)
        + (hint.Length > 0 ? TlvWriter.SizeOfElement(TlvType.ForwardingHint, hint.Length) : 0)
        + (interest.Nonce is null ? 0 : TlvWriter.SizeOfElement(TlvType.Nonce, 4))
        + (interest.LifetimeMs is { } lifetimeMs ? TlvWriter.SizeOfNumber(TlvType.InterestLifetime, lifetimeMs) : 0)
        + (interest.HopLimit is null ? 0 : TlvWriter.SizeOfElement(TlvType.HopLimit, 1))
        + (interest.ReflexiveName is { } name ? TlvWriter.SizeOfElement(TlvType.ReflexiveName, name.EncodedLength) : 0);

    private static void WriteOptional(ref TlvWriter writer, Interest interest, byte[] hint)
    {
        if (interest.CanBePrefix)
        {
            writer.WriteEmpty(TlvType.CanBePrefix);
        }

        if (interest.MustBeFresh)
        {
            writer.WriteEmpty(TlvType.MustBeFresh);
        }

        if (hint.Length > 0)
        {
            writer.WriteElement(TlvType.ForwardingHint, hint);
        }

        if (interest.Nonce is { } nonce)
        {
            Span<byte> octets = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(octets, nonce);
            writer.WriteElement(TlvType.Nonce, octets);
        }

        if (interest.LifetimeMs is { } lifetimeMs)
        {
            writer.WriteNumber(TlvType.InterestLifetime, lifetimeMs);
        }

        if (interest.HopLimit is { } hopLimit)
        {
            writer.WriteElement(TlvType.HopLimit, [hopLimit]);
        }

        if (interest.ReflexiveName is { } reflexive)
        {
            writer.WriteHeader(TlvType.ReflexiveName, reflexive.EncodedLength);
            reflexive.Write(ref writer);
        }
    }
}
