using System.Buffers.Binary;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Link;

/// <summary>
/// A received frame, read in place: an LpPacket, or a bare Interest or Data, which means the same as one.
/// </summary>
/// <remarks>
/// Wire: <c>64 LEN header* [50 LEN fragment]</c>, headers in increasing TYPE order. An unknown header is skipped only
/// when its TYPE is in 800..959 with both low bits clear; any other makes the frame invalid.
/// Bound: one pass over the frame; only Ack may repeat.
/// Source: NDNLPv2.
/// </remarks>
public ref struct LpPacketView
{
    private const uint IgnorableMin = 800;
    private const uint IgnorableMax = 959;

    private LpHeaders _headers;
    private ReadOnlySpan<byte> _acks;

    /// <summary>The whole frame.</summary>
    public ReadOnlySpan<byte> Frame { get; private set; }

    /// <summary>The payload: a network packet or a piece of one; empty when there is none.</summary>
    public ReadOnlySpan<byte> Fragment { get; private set; }

    /// <summary>Whether there is a Fragment element, be it empty; without one the frame is an IDLE packet.</summary>
    public bool HasFragment { get; private set; }

    /// <summary>Whether the frame is a network packet without a link header.</summary>
    public bool IsBare { get; private set; }

    /// <summary>
    /// The forwarder's fields. Only <see cref="PrefixAnnouncement"/> is apart: it is a window on the frame.
    /// </summary>
    public readonly LpHeaders Headers => _headers;

    /// <summary>The Data packet of a PrefixAnnouncement; empty when there is none.</summary>
    public ReadOnlySpan<byte> PrefixAnnouncement { get; private set; }

    /// <summary>The number in CachePolicy; 1 means NoCache, others have no meaning.</summary>
    public ulong? CachePolicyType { get; private set; }

    /// <summary>Number of this fragment, stable when it is sent again.</summary>
    public ulong? Sequence { get; private set; }

    /// <summary>Which fragment of its packet it is; 0 when absent.</summary>
    public ulong FragIndex { get; private set; }

    /// <summary>Of how many fragments its packet consists; 1 when absent.</summary>
    public ulong FragCount { get; private set; }

    /// <summary>Number of this transmission, to be acknowledged.</summary>
    public ulong? TxSequence { get; private set; }

    /// <summary>Acknowledgements of frames that went the other way.</summary>
    public readonly LpAcks Acks => new(_acks);

    /// <summary>Reads a frame.</summary>
    /// <param name="frame">Exactly one element.</param>
    /// <param name="view">The fields; meaningless unless Ok.</param>
    /// <returns>
    /// Ok; NotAPacket (another outer TYPE), TrailingOctets, UnknownCritical, OutOfOrder, Repeated, MissingElement,
    /// BadLength, BadNumber; or what <see cref="TlvReader.TryRead(out TlvElement)"/> says of broken elements.
    /// </returns>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> frame, out LpPacketView view)
    {
        view = default;
        view.Frame = frame;
        view.FragCount = 1;
        var outer = new TlvReader(frame);
        TlvStatus status = outer.TryRead(out TlvElement packet);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        if (!outer.IsAtEnd)
        {
            return TlvStatus.TrailingOctets;
        }

        switch (packet.Type)
        {
            case TlvType.LpPacket:
                return view.DecodeFields(packet.Value);
            case TlvType.Interest:
            case TlvType.Data:
                view.Fragment = frame;
                view.HasFragment = true;
                view.IsBare = true;
                return TlvStatus.Ok;
            default:
                return TlvStatus.NotAPacket;
        }
    }

    private TlvStatus DecodeFields(ReadOnlySpan<byte> value)
    {
        var reader = new TlvReader(value);
        uint previous = 0;
        int acksStart = -1;
        while (!reader.IsAtEnd)
        {
            int start = reader.Position;
            TlvStatus status = reader.TryRead(out TlvElement field);
            if (status == TlvStatus.Ok)
            {
                status = CheckOrder(field.Type, previous);
            }

            if (status == TlvStatus.Ok)
            {
                status = DecodeField(field);
            }

            if (status != TlvStatus.Ok)
            {
                return status;
            }

            if (field.Type == TlvType.LpAck)
            {
                acksStart = acksStart < 0 ? start : acksStart;
                _acks = value[acksStart..reader.Position];
            }

            previous = field.Type;
        }

        return TlvStatus.Ok;
    }

    private readonly TlvStatus CheckOrder(uint type, uint previous)
    {
        if (type == previous && type != TlvType.LpAck)
        {
            return IsIgnorable(type) && !IsKnown(type) ? TlvStatus.Ok : TlvStatus.Repeated;
        }

        if (HasFragment)
        {
            return TlvStatus.OutOfOrder;
        }

        return type == TlvType.LpFragment || type >= previous ? TlvStatus.Ok : TlvStatus.OutOfOrder;
    }

    private TlvStatus DecodeField(in TlvElement field)
    {
        ulong number;
        switch (field.Type)
        {
            case TlvType.LpFragment:
                Fragment = field.Value;
                HasFragment = true;
                return TlvStatus.Ok;
            case TlvType.LpSequence:
                Sequence = ReadFixed64(field.Value);
                return Sequence is null ? TlvStatus.BadLength : TlvStatus.Ok;
            case TlvType.LpTxSequence:
                TxSequence = ReadFixed64(field.Value);
                return TxSequence is null ? TlvStatus.BadLength : TlvStatus.Ok;
            case TlvType.LpAck:
                return field.Value.Length == sizeof(ulong) ? TlvStatus.Ok : TlvStatus.BadLength;
            case TlvType.LpFragIndex:
                TlvStatus indexStatus = ReadNumber(field.Value, out number);
                FragIndex = number;
                return indexStatus;
            case TlvType.LpFragCount:
                TlvStatus countStatus = ReadNumber(field.Value, out number);
                FragCount = number;
                return countStatus;
            case TlvType.LpPitToken:
                if (field.Value.Length is 0 or > PitToken.LengthMax)
                {
                    return TlvStatus.BadLength;
                }

                _headers.PitToken = new PitToken(field.Value);
                return TlvStatus.Ok;
            case TlvType.LpCongestionMark:
                TlvStatus markStatus = ReadNumber(field.Value, out number);
                _headers.CongestionMark = number;
                return markStatus;
            default:
                return DecodeRareField(field);
        }
    }

    private TlvStatus DecodeRareField(in TlvElement field)
    {
        ulong number;
        switch (field.Type)
        {
            case TlvType.LpNack:
                return DecodeNack(field.Value);
            case TlvType.LpIncomingFaceId:
                TlvStatus incomingStatus = ReadNumber(field.Value, out number);
                _headers.IncomingFaceId = number;
                return incomingStatus;
            case TlvType.LpNextHopFaceId:
                TlvStatus nextHopStatus = ReadNumber(field.Value, out number);
                _headers.NextHopFaceId = number;
                return nextHopStatus;
            case TlvType.LpCachePolicy:
                return DecodeCachePolicy(field.Value);
            case TlvType.LpNonDiscovery:
                _headers.NonDiscovery = true;
                return field.Value.IsEmpty ? TlvStatus.Ok : TlvStatus.BadLength;
            case TlvType.LpPrefixAnnouncement:
                PrefixAnnouncement = field.Value;
                TlvStatus dataStatus = TlvReader.TryReadOnly(field.Value, TlvType.Data, out _);
                return dataStatus == TlvStatus.NotAPacket ? TlvStatus.MissingElement : dataStatus;
            default:
                return IsIgnorable(field.Type) ? TlvStatus.Ok : TlvStatus.UnknownCritical;
        }
    }

    private TlvStatus DecodeNack(ReadOnlySpan<byte> value)
    {
        _headers.IsNack = true;
        TlvStatus status = ReadInner(value, TlvType.LpNackReason, out ulong? reason);

        // A reason of more than 32 bits is as unknown as any other unknown number, and cannot be kept.
        _headers.NackReason = reason is ulong number and <= uint.MaxValue ? (NackReason)number : NackReason.None;
        return status;
    }

    private TlvStatus DecodeCachePolicy(ReadOnlySpan<byte> value)
    {
        TlvStatus status = ReadInner(value, TlvType.LpCachePolicyType, out ulong? policy);
        CachePolicyType = policy;
        _headers.NoCache = policy == LpPacket.NoCachePolicy;
        return status == TlvStatus.Ok && policy is null ? TlvStatus.MissingElement : status;
    }

    /// <summary>
    /// Reads a header that holds one number, with the packet format's rule for what else may be in it.
    /// </summary>
    private static TlvStatus ReadInner(ReadOnlySpan<byte> value, uint type, out ulong? number)
    {
        number = null;
        var reader = new TlvReader(value);
        while (!reader.IsAtEnd)
        {
            TlvStatus status = reader.TryRead(out TlvElement inner);
            if (status != TlvStatus.Ok)
            {
                return status;
            }

            if (inner.Type != type)
            {
                if (CriticalRule.IsCritical(inner.Type))
                {
                    return TlvStatus.UnknownCritical;
                }

                continue;
            }

            if (number is not null)
            {
                return TlvStatus.Repeated;
            }

            status = ReadNumber(inner.Value, out ulong read);
            if (status != TlvStatus.Ok)
            {
                return status;
            }

            number = read;
        }

        return TlvStatus.Ok;
    }

    private static ulong? ReadFixed64(ReadOnlySpan<byte> value) =>
        value.Length == sizeof(ulong) ? BinaryPrimitives.ReadUInt64BigEndian(value) : null;

    private static TlvStatus ReadNumber(ReadOnlySpan<byte> value, out ulong number) =>
        NonNegativeInteger.TryRead(value, out number) ? TlvStatus.Ok : TlvStatus.BadNumber;

    private static bool IsIgnorable(uint type) => type is >= IgnorableMin and <= IgnorableMax && (type & 3) == 0;

    private static bool IsKnown(uint type) => type
        is TlvType.LpNack or TlvType.LpIncomingFaceId or TlvType.LpNextHopFaceId or TlvType.LpCachePolicy
        or TlvType.LpCongestionMark or TlvType.LpAck or TlvType.LpNonDiscovery or TlvType.LpPrefixAnnouncement
        or TlvType.LpTxSequence;
}
