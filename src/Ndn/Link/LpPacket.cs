using System.Buffers.Binary;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Link;

/// <summary>A frame to be written: header fields and at most one fragment, as windows on the caller's octets.</summary>
/// <remarks>
/// Wire: fields in increasing TYPE order, Fragment last; absent and default values are left out (FragIndex 0,
/// FragCount 1, NackReason None, CongestionMark 0).
/// </remarks>
public ref struct LpPacket
{
    /// <summary>The CachePolicyType that means: do not keep this Data.</summary>
    public const ulong NoCachePolicy = 1;

    private const int Fixed64Octets = sizeof(ulong);

    private LpHeaders _headers;

    /// <summary>The forwarder's fields, a PrefixAnnouncement among them.</summary>
    public LpHeaders Headers
    {
        readonly get => _headers;
        set => _headers = value;
    }

    /// <summary>Number of this fragment.</summary>
    public ulong? Sequence { get; set; }

    /// <summary>Which fragment of its packet it is.</summary>
    public int FragIndex { get; set; }

    /// <summary>Of how many fragments its packet consists; 0 and 1 both mean it is whole.</summary>
    public int FragCount { get; set; }

    /// <summary>Number of this transmission.</summary>
    public ulong? TxSequence { get; set; }

    /// <summary>TxSequences to acknowledge.</summary>
    public ReadOnlySpan<ulong> Acks { get; set; }

    /// <summary>The payload; an empty one is left out, which makes the frame an IDLE packet.</summary>
    public ReadOnlySpan<byte> Fragment { get; set; }

    /// <summary>Whether nothing but the fragment is there, so that it may go without an LpPacket around it.</summary>
    public readonly bool CanBeBare =>
        !Fragment.IsEmpty && Sequence is null && FragIndex == 0 && FragCount <= 1 && TxSequence is null
        && Acks.IsEmpty && _headers.IsEmpty;

    /// <summary>Octets of the encoded LpPacket.</summary>
    public readonly int EncodedLength => TlvWriter.SizeOfElement(TlvType.LpPacket, ValueLength);

    private readonly int ValueLength =>
        SizeOfLinkFields() + SizeOfHeaders(_headers)
        + (Fragment.IsEmpty ? 0 : TlvWriter.SizeOfElement(TlvType.LpFragment, Fragment.Length));

    /// <summary>Writes the LpPacket.</summary>
    /// <param name="destination">At least <see cref="EncodedLength"/> octets.</param>
    /// <returns>How many octets were written.</returns>
    public readonly int Encode(Span<byte> destination)
    {
        var writer = new TlvWriter(destination);
        writer.WriteHeader(TlvType.LpPacket, ValueLength);
        if (Sequence is ulong sequence)
        {
            WriteFixed64(ref writer, TlvType.LpSequence, sequence);
        }

        if (FragIndex > 0)
        {
            writer.WriteNumber(TlvType.LpFragIndex, (ulong)FragIndex);
        }

        if (FragCount > 1)
        {
            writer.WriteNumber(TlvType.LpFragCount, (ulong)FragCount);
        }

        WriteHeadersBeforeAcks(ref writer);
        foreach (ulong ack in Acks)
        {
            WriteFixed64(ref writer, TlvType.LpAck, ack);
        }

        if (TxSequence is ulong txSequence)
        {
            WriteFixed64(ref writer, TlvType.LpTxSequence, txSequence);
        }

        if (_headers.NonDiscovery)
        {
            writer.WriteEmpty(TlvType.LpNonDiscovery);
        }

        if (!_headers.PrefixAnnouncement.IsEmpty)
        {
            writer.WriteElement(TlvType.LpPrefixAnnouncement, _headers.PrefixAnnouncement.Span);
        }

        if (!Fragment.IsEmpty)
        {
            writer.WriteElement(TlvType.LpFragment, Fragment);
        }

        return writer.Position;
    }

    /// <summary>The LpPacket in an array of its own, for callers off the packet path.</summary>
    public readonly byte[] Encode()
    {
        byte[] octets = new byte[EncodedLength];
        Encode(octets);
        return octets;
    }

    /// <summary>Octets of the forwarder's fields in an LpPacket.</summary>
    internal static int SizeOfHeaders(in LpHeaders headers)
    {
        if (headers.IsEmpty)
        {
            return 0;
        }

        int size = headers.PitToken.IsEmpty
            ? 0
            : TlvWriter.SizeOfElement(TlvType.LpPitToken, headers.PitToken.Length);
        size += headers.IsNack ? TlvWriter.SizeOfElement(TlvType.LpNack, SizeOfReason(headers.NackReason)) : 0;
        size += headers.IncomingFaceId is ulong incoming
            ? TlvWriter.SizeOfNumber(TlvType.LpIncomingFaceId, incoming)
            : 0;
        size += headers.NextHopFaceId is ulong nextHop ? TlvWriter.SizeOfNumber(TlvType.LpNextHopFaceId, nextHop) : 0;
        size += headers.NoCache ? TlvWriter.SizeOfElement(TlvType.LpCachePolicy, SizeOfNoCache) : 0;
        size += headers.CongestionMark > 0
            ? TlvWriter.SizeOfNumber(TlvType.LpCongestionMark, headers.CongestionMark)
            : 0;
        size += headers.NonDiscovery ? TlvWriter.SizeOfElement(TlvType.LpNonDiscovery, 0) : 0;
        size += headers.PrefixAnnouncement.IsEmpty
            ? 0
            : TlvWriter.SizeOfElement(TlvType.LpPrefixAnnouncement, headers.PrefixAnnouncement.Length);
        return size;
    }

    private static int SizeOfNoCache => TlvWriter.SizeOfNumber(TlvType.LpCachePolicyType, NoCachePolicy);

    private static int SizeOfReason(NackReason reason) =>
        reason == NackReason.None ? 0 : TlvWriter.SizeOfNumber(TlvType.LpNackReason, (ulong)reason);

    private readonly int SizeOfLinkFields()
    {
        int size = Sequence is null ? 0 : TlvWriter.SizeOfElement(TlvType.LpSequence, Fixed64Octets);
        size += FragIndex > 0 ? TlvWriter.SizeOfNumber(TlvType.LpFragIndex, (ulong)FragIndex) : 0;
        size += FragCount > 1 ? TlvWriter.SizeOfNumber(TlvType.LpFragCount, (ulong)FragCount) : 0;
        size += Acks.Length * LpAcks.ElementOctets;
        size += TxSequence is null ? 0 : TlvWriter.SizeOfElement(TlvType.LpTxSequence, Fixed64Octets);
        return size;
    }

    private readonly void WriteHeadersBeforeAcks(ref TlvWriter writer)
    {
        PitToken token = _headers.PitToken;
        if (!token.IsEmpty)
        {
            writer.WriteElement(TlvType.LpPitToken, token.Octets);
        }

        if (_headers.IsNack)
        {
            writer.WriteHeader(TlvType.LpNack, SizeOfReason(_headers.NackReason));
            if (_headers.NackReason != NackReason.None)
            {
                writer.WriteNumber(TlvType.LpNackReason, (ulong)_headers.NackReason);
            }
        }

        if (_headers.IncomingFaceId is ulong incoming)
        {
            writer.WriteNumber(TlvType.LpIncomingFaceId, incoming);
        }

        if (_headers.NextHopFaceId is ulong nextHop)
        {
            writer.WriteNumber(TlvType.LpNextHopFaceId, nextHop);
        }

        if (_headers.NoCache)
        {
            writer.WriteHeader(TlvType.LpCachePolicy, SizeOfNoCache);
            writer.WriteNumber(TlvType.LpCachePolicyType, NoCachePolicy);
        }

        if (_headers.CongestionMark > 0)
        {
            writer.WriteNumber(TlvType.LpCongestionMark, _headers.CongestionMark);
        }
    }

    private static void WriteFixed64(ref TlvWriter writer, uint type, ulong value)
    {
        Span<byte> octets = stackalloc byte[Fixed64Octets];
        BinaryPrimitives.WriteUInt64BigEndian(octets, value);
        writer.WriteElement(type, octets);
    }
}
