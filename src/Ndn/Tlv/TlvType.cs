namespace Piccolo.Ndn.Tlv;

/// <summary>Assigned TLV-TYPE numbers of the network and link layers.</summary>
/// <remarks>Source: NDN Packet Format v0.3, "TLV-TYPE number assignments"; NDNLPv2. Own numbers: docs/wire/numbers.md.</remarks>
public static class TlvType
{
    /// <summary>Name component: SHA-256 of a whole Data packet, 32 octets.</summary>
    public const uint ImplicitSha256DigestComponent = 1;

    /// <summary>Name component: SHA-256 of an Interest's parameters, 32 octets.</summary>
    public const uint ParametersSha256DigestComponent = 2;

    /// <summary>Packet that asks for Data.</summary>
    public const uint Interest = 5;

    /// <summary>Packet that carries named, signed content.</summary>
    public const uint Data = 6;

    /// <summary>Sequence of name components.</summary>
    public const uint Name = 7;

    /// <summary>Name component without a particular meaning.</summary>
    public const uint GenericNameComponent = 8;

    /// <summary>Interest: four octets for loop detection.</summary>
    public const uint Nonce = 10;

    /// <summary>Interest: milliseconds, NonNegativeInteger.</summary>
    public const uint InterestLifetime = 12;

    /// <summary>Interest: fresh answers only, no VALUE.</summary>
    public const uint MustBeFresh = 18;

    /// <summary>Data: ContentType, FreshnessPeriod and FinalBlockId.</summary>
    public const uint MetaInfo = 20;

    /// <summary>Data: payload.</summary>
    public const uint Content = 21;

    /// <summary>Data: how it is signed.</summary>
    public const uint SignatureInfo = 22;

    /// <summary>Data: the signature.</summary>
    public const uint SignatureValue = 23;

    /// <summary>MetaInfo: what Content means.</summary>
    public const uint ContentType = 24;

    /// <summary>MetaInfo: milliseconds after arrival during which the packet is fresh.</summary>
    public const uint FreshnessPeriod = 25;

    /// <summary>MetaInfo: one name component, the last of the sequence.</summary>
    public const uint FinalBlockId = 26;

    /// <summary>SignatureInfo: which algorithm.</summary>
    public const uint SignatureType = 27;

    /// <summary>SignatureInfo: which key.</summary>
    public const uint KeyLocator = 28;

    /// <summary>KeyLocator: SHA-256 of the public key.</summary>
    public const uint KeyDigest = 29;

    /// <summary>Interest: one or more delegation names.</summary>
    public const uint ForwardingHint = 30;

    /// <summary>Name component: a word with a protocol meaning.</summary>
    public const uint KeywordNameComponent = 32;

    /// <summary>Interest: longer Data names match as well, no VALUE.</summary>
    public const uint CanBePrefix = 33;

    /// <summary>Interest: hops left, one octet.</summary>
    public const uint HopLimit = 34;

    /// <summary>Interest: request payload.</summary>
    public const uint ApplicationParameters = 36;

    /// <summary>SignatureInfo of an Interest: random octets against replay.</summary>
    public const uint SignatureNonce = 38;

    /// <summary>SignatureInfo: milliseconds since the Unix epoch.</summary>
    public const uint SignatureTime = 40;

    /// <summary>SignatureInfo of an Interest: growing number against replay.</summary>
    public const uint SignatureSeqNum = 42;

    /// <summary>Interest: how it is signed.</summary>
    public const uint InterestSignatureInfo = 44;

    /// <summary>Interest: the signature.</summary>
    public const uint InterestSignatureValue = 46;

    /// <summary>Name component: segment number, from 0 in steps of one.</summary>
    public const uint SegmentNameComponent = 50;

    /// <summary>Name component: offset of the first payload octet.</summary>
    public const uint ByteOffsetNameComponent = 52;

    /// <summary>Name component: growing version.</summary>
    public const uint VersionNameComponent = 54;

    /// <summary>Name component: microseconds since the Unix epoch.</summary>
    public const uint TimestampNameComponent = 56;

    /// <summary>Name component: sequence number, from 0 in steps of one.</summary>
    public const uint SequenceNumNameComponent = 58;

    /// <summary>LpPacket: the packet, or a piece of it; always last.</summary>
    public const uint LpFragment = 80;

    /// <summary>LpPacket: sequence number of a fragment, eight octets.</summary>
    public const uint LpSequence = 81;

    /// <summary>LpPacket: index of a fragment.</summary>
    public const uint LpFragIndex = 82;

    /// <summary>LpPacket: number of fragments.</summary>
    public const uint LpFragCount = 83;

    /// <summary>LpPacket: opaque octets that the peer returns.</summary>
    public const uint LpPitToken = 98;

    /// <summary>Link packet around a network packet.</summary>
    public const uint LpPacket = 100;

    /// <summary>SignatureInfo of a certificate: from when until when.</summary>
    public const uint ValidityPeriod = 253;

    /// <summary>ValidityPeriod: first moment.</summary>
    public const uint NotBefore = 254;

    /// <summary>ValidityPeriod: last moment.</summary>
    public const uint NotAfter = 255;

    /// <summary>SignatureInfo of a certificate: keys and values for people.</summary>
    public const uint AdditionalDescription = 258;

    /// <summary>AdditionalDescription: one key and value.</summary>
    public const uint DescriptionEntry = 512;

    /// <summary>DescriptionEntry: the key.</summary>
    public const uint DescriptionKey = 513;

    /// <summary>DescriptionEntry: the value.</summary>
    public const uint DescriptionValue = 514;

    /// <summary>LpPacket: the Interest inside comes back unanswered.</summary>
    public const uint LpNack = 800;

    /// <summary>Nack: why.</summary>
    public const uint LpNackReason = 801;

    /// <summary>LpPacket: face on which a forwarder received the packet.</summary>
    public const uint LpIncomingFaceId = 812;

    /// <summary>LpPacket: face an application chooses.</summary>
    public const uint LpNextHopFaceId = 816;

    /// <summary>LpPacket: whether to cache.</summary>
    public const uint LpCachePolicy = 820;

    /// <summary>CachePolicy: 1 is NoCache.</summary>
    public const uint LpCachePolicyType = 821;

    /// <summary>LpPacket: congestion on the way.</summary>
    public const uint LpCongestionMark = 832;

    /// <summary>LpPacket: acknowledged TxSequence, eight octets.</summary>
    public const uint LpAck = 836;

    /// <summary>LpPacket: number to acknowledge, eight octets.</summary>
    public const uint LpTxSequence = 840;

    /// <summary>LpPacket: not to be flooded for route discovery.</summary>
    public const uint LpNonDiscovery = 844;

    /// <summary>LpPacket: an announcement beside Data.</summary>
    public const uint LpPrefixAnnouncement = 848;

    /// <summary>Interest: holds a Name under which the sender can be asked back; outside the parameters digest.</summary>
    public const uint ReflexiveName = 0x0402;
}
