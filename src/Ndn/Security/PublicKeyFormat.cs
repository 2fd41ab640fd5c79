using System.Formats.Asn1;

namespace Piccolo.Ndn.Security;

/// <summary>Looks into the DER of SubjectPublicKeyInfo and PKCS#8 for the kind of key, and writes Ed25519's by hand.</summary>
internal static class PublicKeyFormat
{
    public const string RsaOid = "1.2.840.113549.1.1.1";
    public const string EllipticCurveOid = "1.2.840.10045.2.1";
    public const string Ed25519Oid = "1.3.101.112";

    // SEQUENCE { SEQUENCE { OID 1.3.101.112 } BIT STRING, no unused bits, then the key }: RFC 8410, section 4.
    private static ReadOnlySpan<byte> Ed25519PublicHeader =>
        [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00];

    /// <summary>The algorithm of a SubjectPublicKeyInfo, and for elliptic curves the named curve (null when it is spelt out).</summary>
    /// <exception cref="AsnContentException">The octets are not DER of this shape.</exception>
    public static void ReadSubjectPublicKeyInfo(
        ReadOnlySpan<byte> spki, out string algorithm, out string? curve, out ReadOnlySpan<byte> key)
    {
        ReadOnlySpan<byte> sequence = ReadSequence(spki, out int consumed);
        if (consumed != spki.Length)
        {
            throw new AsnContentException("octets follow the SubjectPublicKeyInfo");
        }

        ReadAlgorithm(sequence, out algorithm, out curve, out int algorithmLength);
        if (!AsnDecoder.TryReadPrimitiveBitString(
            sequence[algorithmLength..], AsnEncodingRules.DER, out int unusedBits, out key, out int keyLength)
            || unusedBits != 0
            || algorithmLength + keyLength != sequence.Length)
        {
            throw new AsnContentException("the key is no BIT STRING of whole octets");
        }
    }

    /// <summary>The algorithm of a PKCS#8 PrivateKeyInfo, its named curve, and the octets of its private key.</summary>
    /// <exception cref="AsnContentException">The octets are not DER of this shape.</exception>
    public static void ReadPrivateKeyInfo(
        ReadOnlySpan<byte> pkcs8, out string algorithm, out string? curve, out ReadOnlySpan<byte> key)
    {
        ReadOnlySpan<byte> sequence = ReadSequence(pkcs8, out _);
        _ = AsnDecoder.ReadIntegerBytes(sequence, AsnEncodingRules.DER, out int versionLength);
        sequence = sequence[versionLength..];
        ReadAlgorithm(sequence, out algorithm, out curve, out int algorithmLength);
        key = ReadOctets(sequence[algorithmLength..]);
    }

    /// <summary>The seed inside the private key octets of an Ed25519 PKCS#8: an OCTET STRING again.</summary>
    /// <exception cref="AsnContentException">The octets are not DER of this shape.</exception>
    public static ReadOnlySpan<byte> ReadEd25519Seed(ReadOnlySpan<byte> privateKey) => ReadOctets(privateKey);

    public static byte[] EncodeEd25519(ReadOnlySpan<byte> publicKey) => [.. Ed25519PublicHeader, .. publicKey];

    private static void ReadAlgorithm(ReadOnlySpan<byte> source, out string algorithm, out string? curve, out int consumed)
    {
        ReadOnlySpan<byte> identifier = ReadSequence(source, out consumed);
        algorithm = AsnDecoder.ReadObjectIdentifier(identifier, AsnEncodingRules.DER, out int algorithmLength);
        ReadOnlySpan<byte> parameters = identifier[algorithmLength..];
        bool isNamed = !parameters.IsEmpty
            && Asn1Tag.TryDecode(parameters, out Asn1Tag tag, out _)
            && tag == Asn1Tag.ObjectIdentifier;
        curve = isNamed ? AsnDecoder.ReadObjectIdentifier(parameters, AsnEncodingRules.DER, out _) : null;
    }

    private static ReadOnlySpan<byte> ReadSequence(ReadOnlySpan<byte> source, out int consumed)
    {
        AsnDecoder.ReadSequence(source, AsnEncodingRules.DER, out int offset, out int length, out consumed);
        return source.Slice(offset, length);
    }

    private static ReadOnlySpan<byte> ReadOctets(ReadOnlySpan<byte> source) =>
        AsnDecoder.TryReadPrimitiveOctetString(source, AsnEncodingRules.DER, out ReadOnlySpan<byte> octets, out _)
            ? octets
            : throw new AsnContentException("the private key is no OCTET STRING");
}
