using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Packets;

/// <summary>An Interest as a window on the octets of a packet: checked, not copied.</summary>
/// <remarks>
/// Wire, in this order; brackets mark what may be absent:
/// <code>
/// 05 LEN  Name [CanBePrefix] [MustBeFresh] [ForwardingHint] [Nonce] [InterestLifetime] [HopLimit]
///         [ApplicationParameters [InterestSignatureInfo InterestSignatureValue]]
/// </code>
/// Strict: whatever the specification lets a receiver refuse is refused, so that nothing behind the decoder meets it.
/// Elements that may be ignored stay in <see cref="Packet"/>. Never throws and never allocates.
/// Bound: one pass over the packet, plus one SHA-256 when there are ApplicationParameters.
/// Source: NDN Packet Format v0.3, "Interest" and "Signed Interest".
/// </remarks>
public ref partial struct InterestView
{
    /// <summary>InterestLifetime when the element is absent.</summary>
    /// <remarks>Units: milliseconds.</remarks>
    public const ulong DefaultLifetimeMs = 4000;

    /// <summary>The whole packet.</summary>
    public ReadOnlySpan<byte> Packet { get; private set; }

    /// <summary>What is asked for; at least one component.</summary>
    public NameView Name { get; private set; }

    /// <summary>Whether Data with a longer name may answer.</summary>
    public bool CanBePrefix { get; private set; }

    /// <summary>Whether stores may answer only with fresh Data.</summary>
    public bool MustBeFresh { get; private set; }

    /// <summary>The VALUE of ForwardingHint: one or more Name elements, most preferred first; empty if none.</summary>
    public ReadOnlySpan<byte> ForwardingHint { get; private set; }

    /// <summary>Whether the packet carries a Nonce.</summary>
    public bool HasNonce { get; private set; }

    /// <summary>The Nonce, 0 if none.</summary>
    /// <remarks>Wire: four octets, read as a big-endian number.</remarks>
    public uint Nonce { get; private set; }

    /// <summary>Whether the packet carries an InterestLifetime.</summary>
    public bool HasLifetime { get; private set; }

    /// <summary>How long the Interest is pending, counted from its arrival.</summary>
    /// <remarks>Units: milliseconds; <see cref="DefaultLifetimeMs"/> when absent.</remarks>
    public ulong LifetimeMs { get; private set; }

    /// <summary>Whether the packet carries a HopLimit.</summary>
    public readonly bool HasHopLimit => HopLimitOffset >= 0;

    /// <summary>Hops left on arrival; 255 if absent.</summary>
    public byte HopLimit { get; private set; }

    /// <summary>Index in <see cref="Packet"/> of the octet to count down, -1 if there is none.</summary>
    public int HopLimitOffset { get; private set; }

    /// <summary>Whether the packet carries ApplicationParameters, even empty ones.</summary>
    public bool HasApplicationParameters { get; private set; }

    /// <summary>The VALUE of ApplicationParameters, empty if none.</summary>
    public ReadOnlySpan<byte> ApplicationParameters { get; private set; }

    /// <summary>Whether the packet says under which name its sender can be asked back.</summary>
    public readonly bool HasReflexiveName => !ReflexiveName.IsEmpty;

    /// <summary>The VALUE of TLV-TYPE 0x0402, which is one whole Name element; empty if none.</summary>
    /// <remarks>Not covered by the parameters digest. An element of that TYPE that holds something else is ignored.</remarks>
    public ReadOnlySpan<byte> ReflexiveName { get; private set; }

    /// <summary>Whether the packet is signed.</summary>
    public readonly bool IsSigned => !SignatureInfo.IsEmpty;

    /// <summary>The whole InterestSignatureInfo element, empty if not signed.</summary>
    public ReadOnlySpan<byte> SignatureInfo { get; private set; }

    /// <summary>The VALUE of InterestSignatureValue, empty if not signed.</summary>
    public ReadOnlySpan<byte> SignatureValue { get; private set; }

    /// <summary>The second part of what is signed: ApplicationParameters up to InterestSignatureValue; empty if not signed.</summary>
    public ReadOnlySpan<byte> SignedTail { get; private set; }

    /// <summary>The first part of what is signed: the name's components before the digest; empty if not signed.</summary>
    public readonly ReadOnlySpan<byte> SignedNamePart => IsSigned ? Name.Prefix(Name.Count - 1).Value : default;

    /// <summary>Octets that a signature covers, 0 if not signed.</summary>
    public readonly int SignedPortionLength => SignedNamePart.Length + SignedTail.Length;

    /// <summary>Where elements with a fixed place end up to and including ForwardingHint: a Nonce belongs here.</summary>
    internal int NonceInsertOffset { get; private set; }

    /// <summary>Index in <see cref="Packet"/> of the Nonce's four octets, -1 if there is none.</summary>
    public int NonceOffset { get; private set; }

    /// <summary>Index in <see cref="Packet"/> of the whole ForwardingHint element.</summary>
    internal int ForwardingHintOffset { get; private set; }

    /// <summary>Octets of the whole ForwardingHint element, 0 if none.</summary>
    internal int ForwardingHintLength { get; private set; }

    /// <summary>Index in <see cref="Packet"/> of the first octet behind the outer LENGTH.</summary>
    internal int ValueOffset { get; private set; }

    /// <summary>Reads a whole packet.</summary>
    /// <param name="packet">The octets; they must stay unchanged while the view is in use.</param>
    /// <param name="view">The view, empty unless Ok.</param>
    /// <returns>
    /// Ok, or the first rule broken: Truncated, NonMinimalNumber, TypeOutOfRange, LengthOverrun, TrailingOctets, NotAPacket,
    /// TooLarge (over <see cref="PacketLimits.MaxPacketOctets"/>), UnknownCritical, OutOfOrder, Repeated, MissingElement,
    /// BadLength, BadNumber, BadName, DigestMismatch.
    /// </returns>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> packet, out InterestView view)
    {
        view = default;
        TlvStatus status = TlvReader.TryReadOnly(packet, TlvType.Interest, out TlvElement outer);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        if (packet.Length > PacketLimits.MaxPacketOctets)
        {
            return TlvStatus.TooLarge;
        }

        InterestView result = default;
        result.Packet = packet;
        result.ValueOffset = outer.HeaderLength;
        result.LifetimeMs = DefaultLifetimeMs;
        result.HopLimit = byte.MaxValue;
        result.HopLimitOffset = -1;
        result.NonceOffset = -1;
        status = result.Read(outer.Value);
        if (status == TlvStatus.Ok)
        {
            view = result;
        }

        return status;
    }

    /// <summary>Copies InterestSignatureInfo out of the packet.</summary>
    /// <param name="info">The value, null unless Ok.</param>
    /// <returns>
    /// Ok; MissingElement when the packet is not signed; or what is wrong inside a ValidityPeriod or AdditionalDescription.
    /// </returns>
    public readonly TlvStatus TryGetSignatureInfo(out SignatureInfo? info)
    {
        info = null;
        return IsSigned ? Security.SignatureInfo.TryDecode(SignatureInfo, out info) : TlvStatus.MissingElement;
    }

    /// <summary>Copies what the signature covers: <see cref="SignedNamePart"/>, then <see cref="SignedTail"/>.</summary>
    /// <param name="destination">At least <see cref="SignedPortionLength"/> octets.</param>
    /// <returns>Octets written.</returns>
    public readonly int CopySignedPortion(Span<byte> destination)
    {
        ReadOnlySpan<byte> namePart = SignedNamePart;
        namePart.CopyTo(destination);
        SignedTail.CopyTo(destination[namePart.Length..]);
        return namePart.Length + SignedTail.Length;
    }

    /// <summary>Walks the names of ForwardingHint.</summary>
    public readonly DelegationEnumerator EnumerateForwardingHint() => new(ForwardingHint);
}
