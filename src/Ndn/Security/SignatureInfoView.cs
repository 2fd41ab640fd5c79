using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Security;

/// <summary>SignatureInfo or InterestSignatureInfo as a window on the octets of a packet: checked, not copied.</summary>
/// <remarks>
/// <code>
/// 16|2C LEN  1B SignatureType  [1C KeyLocator]  [26 SignatureNonce] [28 SignatureTime] [2A SignatureSeqNum]
///            [FD00FD ValidityPeriod]  [FD0102 AdditionalDescription]
/// </code>
/// The order is that of the numbers. The contents of ValidityPeriod and AdditionalDescription are not looked at: who needs
/// them decodes <see cref="SignatureInfo"/>. Source: NDN Packet Format v0.3, "Signature" and "Signed Interest".
/// </remarks>
public readonly ref struct SignatureInfoView
{
    /// <summary>The algorithm, known or not.</summary>
    public SignatureType Type { get; private init; }

    /// <summary>Whether there is a KeyLocator.</summary>
    public bool HasKeyLocator { get; private init; }

    /// <summary>VALUE of the KeyLocator: a whole Name or KeyDigest element, or nothing of the sort; empty if absent.</summary>
    public ReadOnlySpan<byte> KeyLocator { get; private init; }

    /// <summary>SignatureNonce; empty if absent, since one on the wire has an octet at least.</summary>
    public ReadOnlySpan<byte> Nonce { get; private init; }

    /// <summary>SignatureTime in milliseconds since the Unix epoch.</summary>
    public ulong? TimeMs { get; private init; }

    /// <summary>SignatureSeqNum.</summary>
    public ulong? SequenceNumber { get; private init; }

    /// <summary>Whether there is a ValidityPeriod.</summary>
    public bool HasValidityPeriod { get; private init; }

    /// <summary>VALUE of the ValidityPeriod, not looked at; empty if absent.</summary>
    public ReadOnlySpan<byte> ValidityPeriod { get; private init; }

    /// <summary>Whether there is an AdditionalDescription.</summary>
    public bool HasAdditionalDescription { get; private init; }

    /// <summary>VALUE of the AdditionalDescription, not looked at; empty if absent.</summary>
    public ReadOnlySpan<byte> AdditionalDescription { get; private init; }

    /// <summary>Octets of the unknown elements that are to be ignored.</summary>
    public int ExtensionOctets { get; private init; }

    /// <summary>Checks a whole SignatureInfo (22) or InterestSignatureInfo (44) element and nothing else.</summary>
    /// <param name="whole">The element, its TYPE and LENGTH included.</param>
    /// <param name="view">The view, empty unless Ok.</param>
    /// <returns>
    /// Ok; NotAPacket for another TYPE; TrailingOctets; MissingElement without SignatureType; OutOfOrder or Repeated for a
    /// critical element; UnknownCritical; BadNumber; BadLength for an empty SignatureNonce; BadName; or what is wrong with the
    /// elements inside. Non-critical elements that are unknown, late or repeated are skipped.
    /// </returns>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> whole, out SignatureInfoView view)
    {
        view = default;
        TlvReader outer = new(whole);
        TlvStatus status = outer.TryRead(out TlvElement info);
        return status != TlvStatus.Ok ? status
            : info.Type is not (TlvType.SignatureInfo or TlvType.InterestSignatureInfo) ? TlvStatus.NotAPacket
            : !outer.IsAtEnd ? TlvStatus.TrailingOctets
            : TryFromValue(info.Value, out view);
    }

    internal static bool IsKnown(uint type) =>
        type is TlvType.SignatureType or TlvType.KeyLocator or TlvType.SignatureNonce or TlvType.SignatureTime
            or TlvType.SignatureSeqNum or TlvType.ValidityPeriod or TlvType.AdditionalDescription;

    private static TlvStatus TryFromValue(ReadOnlySpan<byte> value, out SignatureInfoView view)
    {
        view = default;
        SignatureInfoView read = default;
        uint last = 0;
        TlvReader reader = new(value);
        while (!reader.IsAtEnd)
        {
            TlvStatus status = reader.TryRead(out TlvElement element);
            if (status != TlvStatus.Ok)
            {
                return status;
            }

            bool isKnown = IsKnown(element.Type);
            if (isKnown && element.Type > last)
            {
                last = element.Type;
                status = TryTake(element, ref read);
                if (status != TlvStatus.Ok)
                {
                    return status;
                }
            }
            else if (CriticalRule.IsCritical(element.Type))
            {
                return !isKnown ? TlvStatus.UnknownCritical
                    : element.Type == last ? TlvStatus.Repeated
                    : TlvStatus.OutOfOrder;
            }
            else if (!isKnown)
            {
                read = read with { ExtensionOctets = read.ExtensionOctets + element.Whole.Length };
            }
        }

        // SignatureType has the smallest number, so whatever known element came first says whether it is there.
        if (!HasSignatureType(value))
        {
            return TlvStatus.MissingElement;
        }

        view = read;
        return TlvStatus.Ok;
    }

    private static bool HasSignatureType(ReadOnlySpan<byte> value)
    {
        TlvReader reader = new(value);
        while (!reader.IsAtEnd && reader.TryRead(out TlvElement element) == TlvStatus.Ok)
        {
            if (IsKnown(element.Type))
            {
                return element.Type == TlvType.SignatureType;
            }
        }

        return false;
    }

    private static TlvStatus TryTake(TlvElement element, ref SignatureInfoView read)
    {
        ulong number = 0;
        if (element.Type is TlvType.SignatureType or TlvType.SignatureTime or TlvType.SignatureSeqNum
            && !NonNegativeInteger.TryRead(element.Value, out number))
        {
            return TlvStatus.BadNumber;
        }

        switch (element.Type)
        {
            case TlvType.SignatureType:
                read = read with { Type = (SignatureType)number };
                return TlvStatus.Ok;
            case TlvType.KeyLocator:
                read = read with { HasKeyLocator = true, KeyLocator = element.Value };
                return Security.KeyLocator.TryReadValue(element.Value, out _);
            case TlvType.SignatureNonce:
                read = read with { Nonce = element.Value };
                return element.Value.IsEmpty ? TlvStatus.BadLength : TlvStatus.Ok;
            case TlvType.SignatureTime:
                read = read with { TimeMs = number };
                return TlvStatus.Ok;
            case TlvType.SignatureSeqNum:
                read = read with { SequenceNumber = number };
                return TlvStatus.Ok;
            case TlvType.ValidityPeriod:
                read = read with { HasValidityPeriod = true, ValidityPeriod = element.Value };
                return TlvStatus.Ok;
            default:
                read = read with { HasAdditionalDescription = true, AdditionalDescription = element.Value };
                return TlvStatus.Ok;
        }
    }
}
