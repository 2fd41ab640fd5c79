using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Security;

/// <summary>What a packet says about its own signature: algorithm, key, and what else the signer vouches for.</summary>
/// <remarks>
/// Immutable. The same fields serve Data (TLV-TYPE 22) and Interests (TLV-TYPE 44); a nonce and a sequence number are for
/// Interests, a validity period and a description for certificates. Decoding keeps unknown elements that may be ignored, in
/// <see cref="Extensions"/>. <see cref="SignatureInfoView"/> shows the layout.
/// </remarks>
public sealed class SignatureInfo
{
    /// <summary>The algorithm; numbers without a name are kept.</summary>
    public required SignatureType Type { get; init; }

    /// <summary>Where to find the key, if the signer says so.</summary>
    public KeyLocator? KeyLocator { get; init; }

    /// <summary>SignatureNonce: octets that the signer does not repeat, 8 by habit, at least 1.</summary>
    /// <exception cref="ArgumentException">It is there and empty.</exception>
    public ReadOnlyMemory<byte>? Nonce
    {
        get;
        init => field = value is { IsEmpty: true }
            ? throw new ArgumentException("a SignatureNonce has at least one octet", nameof(value))
            : value;
    }

    /// <summary>SignatureTime. Units: milliseconds since the Unix epoch.</summary>
    public ulong? TimeMs { get; init; }

    /// <summary>SignatureSeqNum: larger with each signed Interest.</summary>
    public ulong? SequenceNumber { get; init; }

    /// <summary>From when until when the certificate is valid.</summary>
    public ValidityPeriod? Validity { get; init; }

    /// <summary>Remarks about the certificate's subject.</summary>
    public AdditionalDescription? Description { get; init; }

    /// <summary>Whole elements beyond the known ones, back to back; written last.</summary>
    public ReadOnlyMemory<byte> Extensions { get; init; }

    private int ValueLength =>
        TlvWriter.SizeOfNumber(TlvType.SignatureType, (ulong)Type)
        + (KeyLocator?.EncodedLength ?? 0)
        + (Nonce is { } nonce ? TlvWriter.SizeOfElement(TlvType.SignatureNonce, nonce.Length) : 0)
        + (TimeMs is { } time ? TlvWriter.SizeOfNumber(TlvType.SignatureTime, time) : 0)
        + (SequenceNumber is { } sequence ? TlvWriter.SizeOfNumber(TlvType.SignatureSeqNum, sequence) : 0)
        + (Validity is null ? 0 : ValidityPeriod.EncodedLength)
        + (Description?.EncodedLength ?? 0)
        + Extensions.Length;

    /// <summary>What a signer says about its signatures, without any optional field.</summary>
    public static SignatureInfo For(ISigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        return new SignatureInfo { Type = signer.Type, KeyLocator = signer.KeyLocator };
    }

    /// <summary>Reads a whole SignatureInfo (22) or InterestSignatureInfo (44) element and nothing else.</summary>
    /// <param name="whole">The element, its TYPE and LENGTH included; what is kept is copied.</param>
    /// <param name="info">The fields; null unless Ok.</param>
    /// <returns>
    /// Ok, or the status of <see cref="SignatureInfoView.TryDecode"/>, <see cref="ValidityPeriod.TryDecode"/> or
    /// <see cref="AdditionalDescription.TryDecode"/>.
    /// </returns>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> whole, out SignatureInfo? info)
    {
        info = null;
        TlvStatus status = SignatureInfoView.TryDecode(whole, out SignatureInfoView view);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        KeyLocator? locator = null;
        if (view.HasKeyLocator)
        {
            status = KeyLocator.TryFromValue(view.KeyLocator, out locator);
        }

        ValidityPeriod? validity = null;
        if (status == TlvStatus.Ok && view.HasValidityPeriod)
        {
            status = ValidityPeriod.TryFromValue(view.ValidityPeriod, out validity);
        }

        AdditionalDescription? description = null;
        if (status == TlvStatus.Ok && view.HasAdditionalDescription)
        {
            status = AdditionalDescription.TryFromValue(view.AdditionalDescription, out description);
        }

        if (status != TlvStatus.Ok)
        {
            return status;
        }

        info = new SignatureInfo
        {
            Type = view.Type,
            KeyLocator = locator,
            Nonce = view.Nonce.IsEmpty ? (ReadOnlyMemory<byte>?)null : view.Nonce.ToArray(),
            TimeMs = view.TimeMs,
            SequenceNumber = view.SequenceNumber,
            Validity = validity,
            Description = description,
            Extensions = view.ExtensionOctets == 0 ? default : CopyExtensions(whole, view.ExtensionOctets),
        };
        return TlvStatus.Ok;
    }

    /// <summary>Octets of the whole element.</summary>
    /// <param name="elementType">SignatureInfo (22) or InterestSignatureInfo (44).</param>
    public int EncodedLength(uint elementType) => TlvWriter.SizeOfElement(elementType, ValueLength);

    /// <summary>Writes the whole element.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="elementType">SignatureInfo (22) or InterestSignatureInfo (44).</param>
    public void Write(ref TlvWriter writer, uint elementType)
    {
        Invariant.Check(
            elementType is TlvType.SignatureInfo or TlvType.InterestSignatureInfo, "a signature info is of TYPE 22 or 44");
        writer.WriteHeader(elementType, ValueLength);
        writer.WriteNumber(TlvType.SignatureType, (ulong)Type);
        KeyLocator?.Write(ref writer);
        if (Nonce is { } nonce)
        {
            writer.WriteElement(TlvType.SignatureNonce, nonce.Span);
        }

        if (TimeMs is { } time)
        {
            writer.WriteNumber(TlvType.SignatureTime, time);
        }

        if (SequenceNumber is { } sequence)
        {
            writer.WriteNumber(TlvType.SignatureSeqNum, sequence);
        }

        Validity?.Write(ref writer);
        Description?.Write(ref writer);
        writer.WriteRaw(Extensions.Span);
    }

    /// <summary>The whole element in octets of its own.</summary>
    /// <param name="elementType">SignatureInfo (22) or InterestSignatureInfo (44).</param>
    public byte[] Encode(uint elementType)
    {
        byte[] octets = new byte[EncodedLength(elementType)];
        TlvWriter writer = new(octets);
        Write(ref writer, elementType);
        return octets;
    }

    private static byte[] CopyExtensions(ReadOnlySpan<byte> whole, int extensionOctets)
    {
        byte[] extensions = new byte[extensionOctets];
        int position = 0;
        TlvReader outer = new(whole);
        _ = outer.TryRead(out TlvElement info);
        TlvReader reader = new(info.Value);
        while (!reader.IsAtEnd && reader.TryRead(out TlvElement element) == TlvStatus.Ok)
        {
            if (!SignatureInfoView.IsKnown(element.Type))
            {
                element.Whole.CopyTo(extensions.AsSpan(position));
                position += element.Whole.Length;
            }
        }

        return extensions;
    }
}
