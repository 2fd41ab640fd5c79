using System.Security.Cryptography;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Packets;

/// <summary>A Data packet as a window on its octets: checked, not copied.</summary>
/// <remarks>
/// Wire, in this order; brackets mark what may be absent:
/// <code>
/// 06 LEN  Name [MetaInfo] [Content] SignatureInfo SignatureValue
/// MetaInfo = 14 LEN  [ContentType] [FreshnessPeriod] [FinalBlockId]
/// </code>
/// Strict as <see cref="InterestView"/>; never throws and never allocates. The signature is not verified here.
/// Bound: one pass over the packet.
/// Source: NDN Packet Format v0.3, "Data".
/// </remarks>
public ref struct DataView
{
    private const int NameOrder = 1;
    private const int MetaInfoOrder = 2;
    private const int ContentOrder = 3;
    private const int SignatureInfoOrder = 4;
    private const int SignatureValueOrder = 5;

    /// <summary>The whole packet.</summary>
    public ReadOnlySpan<byte> Packet { get; private set; }

    /// <summary>The name, without the implicit digest.</summary>
    public NameView Name { get; private set; }

    /// <summary>What Content means; see <see cref="ContentTypes"/>.</summary>
    public ulong ContentType { get; private set; }

    /// <summary>How long after its arrival the packet is fresh; 0 is never.</summary>
    /// <remarks>Units: milliseconds.</remarks>
    public ulong FreshnessPeriodMs { get; private set; }

    /// <summary>The whole component element that ends the sequence, empty if none.</summary>
    public ReadOnlySpan<byte> FinalBlockId { get; private set; }

    /// <summary>The payload; absent and empty are the same.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>The whole SignatureInfo element.</summary>
    public ReadOnlySpan<byte> SignatureInfo { get; private set; }

    /// <summary>The signature algorithm.</summary>
    public SignatureType SignatureType { get; private set; }

    /// <summary>The VALUE of SignatureValue.</summary>
    public ReadOnlySpan<byte> SignatureValue { get; private set; }

    /// <summary>What the signature covers: from Name up to SignatureValue.</summary>
    public ReadOnlySpan<byte> SignedPortion { get; private set; }

    /// <summary>Reads a whole packet.</summary>
    /// <param name="packet">The octets; they must stay unchanged while the view is in use.</param>
    /// <param name="view">The view, empty unless Ok.</param>
    /// <returns>
    /// Ok, or the first rule broken: Truncated, NonMinimalNumber, TypeOutOfRange, LengthOverrun, TrailingOctets, NotAPacket,
    /// TooLarge (over <see cref="PacketLimits.MaxPacketOctets"/>), UnknownCritical, OutOfOrder, Repeated, MissingElement,
    /// BadLength, BadNumber, BadName.
    /// </returns>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> packet, out DataView view)
    {
        view = default;
        TlvStatus status = TlvReader.TryReadOnly(packet, TlvType.Data, out TlvElement outer);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        if (packet.Length > PacketLimits.MaxPacketOctets)
        {
            return TlvStatus.TooLarge;
        }

        DataView result = default;
        result.Packet = packet;
        status = result.Read(outer.Value);
        if (status == TlvStatus.Ok)
        {
            view = result;
        }

        return status;
    }

    /// <summary>Computes the SHA-256 of the whole packet.</summary>
    /// <param name="destination">Receives 32 octets.</param>
    public readonly void WriteImplicitDigest(Span<byte> destination) => SHA256.HashData(Packet, destination);

    /// <summary>Copies SignatureInfo out of the packet.</summary>
    /// <param name="info">The value, null unless Ok.</param>
    /// <returns>Ok, or what is wrong inside a ValidityPeriod or AdditionalDescription.</returns>
    public readonly TlvStatus TryGetSignatureInfo(out SignatureInfo? info) =>
        Security.SignatureInfo.TryDecode(SignatureInfo, out info);

    private static int OrderOf(uint type) => type switch
    {
        TlvType.Name => NameOrder,
        TlvType.MetaInfo => MetaInfoOrder,
        TlvType.Content => ContentOrder,
        TlvType.SignatureInfo => SignatureInfoOrder,
        TlvType.SignatureValue => SignatureValueOrder,
        _ => 0,
    };

    private TlvStatus Read(ReadOnlySpan<byte> value)
    {
        TlvReader reader = new(value);
        TlvStatus status = reader.TryRead(TlvType.Name, out TlvElement nameElement);
        if (status == TlvStatus.Ok)
        {
            status = TakeName(nameElement.Value);
        }

        int last = NameOrder;
        while (status == TlvStatus.Ok && !reader.IsAtEnd)
        {
            int start = reader.Position;
            status = reader.TryRead(out TlvElement element);
            if (status != TlvStatus.Ok)
            {
                return status;
            }

            int order = OrderOf(element.Type);
            if (order == 0)
            {
                status = CriticalRule.IsCritical(element.Type) ? TlvStatus.UnknownCritical : TlvStatus.Ok;
                continue;
            }

            // Every element with a place in Data is critical.
            if (order <= last)
            {
                return order == last ? TlvStatus.Repeated : TlvStatus.OutOfOrder;
            }

            if (order == SignatureValueOrder && last != SignatureInfoOrder)
            {
                return TlvStatus.MissingElement;
            }

            last = order;
            status = Take(order, element, value[..start]);
        }

        return status == TlvStatus.Ok && last != SignatureValueOrder ? TlvStatus.MissingElement : status;
    }

    private TlvStatus Take(int order, TlvElement element, ReadOnlySpan<byte> before)
    {
        switch (order)
        {
            case MetaInfoOrder:
                return TakeMetaInfo(element.Value);
            case ContentOrder:
                Content = element.Value;
                return TlvStatus.Ok;
            case SignatureInfoOrder:
                TlvStatus status = SignatureInfoView.TryDecode(element.Whole, out SignatureInfoView info);
                SignatureInfo = element.Whole;
                SignatureType = info.Type;
                return status;
            default:
                SignatureValue = element.Value;
                SignedPortion = before;
                return TlvStatus.Ok;
        }
    }

    private TlvStatus TakeName(ReadOnlySpan<byte> value)
    {
        TlvStatus status = NameView.TryCreate(value, out NameView name);
        Name = name;
        foreach (NameComponentView component in name)
        {
            if (component.Type == TlvType.ImplicitSha256DigestComponent)
            {
                return TlvStatus.BadName;
            }
        }

        return status;
    }

    private TlvStatus TakeMetaInfo(ReadOnlySpan<byte> value)
    {
        TlvReader reader = new(value);
        uint last = 0;
        while (!reader.IsAtEnd)
        {
            TlvStatus status = reader.TryRead(out TlvElement element);
            if (status != TlvStatus.Ok)
            {
                return status;
            }

            // The three types are critical, and their numbers grow in the order they stand in.
            if (element.Type is not (TlvType.ContentType or TlvType.FreshnessPeriod or TlvType.FinalBlockId))
            {
                if (CriticalRule.IsCritical(element.Type))
                {
                    return TlvStatus.UnknownCritical;
                }

                continue;
            }

            if (element.Type <= last)
            {
                return element.Type == last ? TlvStatus.Repeated : TlvStatus.OutOfOrder;
            }

            last = element.Type;
            status = TakeMeta(element);
            if (status != TlvStatus.Ok)
            {
                return status;
            }
        }

        return TlvStatus.Ok;
    }

    private TlvStatus TakeMeta(TlvElement element)
    {
        if (element.Type == TlvType.FinalBlockId)
        {
            FinalBlockId = element.Value;
            return NameComponentView.TryCreate(element.Value, out _);
        }

        if (!NonNegativeInteger.TryRead(element.Value, out ulong number))
        {
            return TlvStatus.BadNumber;
        }

        if (element.Type == TlvType.ContentType)
        {
            ContentType = number;
        }
        else
        {
            FreshnessPeriodMs = number;
        }

        return TlvStatus.Ok;
    }
}
