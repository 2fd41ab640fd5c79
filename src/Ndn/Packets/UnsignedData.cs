using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Packets;

/// <summary>A Data packet that waits for its signature, for cores that let signing leave and come back.</summary>
/// <remarks>Encodes once; the signature only closes the packet.</remarks>
public sealed class UnsignedData
{
    /// <summary>Encodes everything that the signature covers.</summary>
    /// <exception cref="ArgumentException">The name carries an implicit digest, which never travels inside Data.</exception>
    public UnsignedData(DataFields fields, SignatureInfo signatureInfo)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(signatureInfo);
        foreach (NameComponentView component in fields.Name.View)
        {
            if (component.Type == TlvType.ImplicitSha256DigestComponent)
            {
                throw new ArgumentException("an implicit digest never travels inside Data: " + fields.Name, nameof(fields));
            }
        }

        Fields = fields;
        SignatureInfo = signatureInfo;
        SignedPortion = Encode(fields, signatureInfo);
    }

    /// <summary>What the packet says.</summary>
    public DataFields Fields { get; }

    /// <summary>How it is to be signed.</summary>
    public SignatureInfo SignatureInfo { get; }

    /// <summary>What the signature covers: from Name up to SignatureValue.</summary>
    public ReadOnlyMemory<byte> SignedPortion { get; }

    /// <summary>Octets of the whole packet with a signature of the given size.</summary>
    public int SizeWith(int signatureOctets) =>
        TlvWriter.SizeOfElement(TlvType.Data, ValueLength(signatureOctets));

    /// <summary>Closes the packet.</summary>
    /// <param name="signatureValue">The signature over <see cref="SignedPortion"/>.</param>
    /// <returns>The whole packet, ready to send.</returns>
    public byte[] Complete(ReadOnlySpan<byte> signatureValue)
    {
        byte[] packet = new byte[SizeWith(signatureValue.Length)];
        TlvWriter writer = new(packet);
        writer.WriteHeader(TlvType.Data, ValueLength(signatureValue.Length));
        writer.WriteRaw(SignedPortion.Span);
        writer.WriteElement(TlvType.SignatureValue, signatureValue);
        return packet;
    }

    private int ValueLength(int signatureOctets) =>
        SignedPortion.Length + TlvWriter.SizeOfElement(TlvType.SignatureValue, signatureOctets);

    private static byte[] Encode(DataFields fields, SignatureInfo signatureInfo)
    {
        int metaLength = MetaInfoLength(fields);
        int length = fields.Name.EncodedLength + signatureInfo.EncodedLength(TlvType.SignatureInfo);
        length += metaLength == 0 ? 0 : TlvWriter.SizeOfElement(TlvType.MetaInfo, metaLength);
        length += fields.Content.IsEmpty ? 0 : TlvWriter.SizeOfElement(TlvType.Content, fields.Content.Length);
        byte[] octets = new byte[length];
        TlvWriter writer = new(octets);
        fields.Name.Write(ref writer);
        if (metaLength > 0)
        {
            WriteMetaInfo(ref writer, fields, metaLength);
        }

        if (!fields.Content.IsEmpty)
        {
            writer.WriteElement(TlvType.Content, fields.Content.Span);
        }

        signatureInfo.Write(ref writer, TlvType.SignatureInfo);
        return octets;
    }

    private static int MetaInfoLength(DataFields fields)
    {
        int length = 0;
        if (fields.ContentType != ContentTypes.Blob)
        {
            length += TlvWriter.SizeOfNumber(TlvType.ContentType, fields.ContentType);
        }

        if (fields.FreshnessPeriodMs != 0)
        {
            length += TlvWriter.SizeOfNumber(TlvType.FreshnessPeriod, fields.FreshnessPeriodMs);
        }

        if (fields.FinalBlockId is { } last)
        {
            length += TlvWriter.SizeOfElement(TlvType.FinalBlockId, last.EncodedLength);
        }

        return length;
    }

    private static void WriteMetaInfo(ref TlvWriter writer, DataFields fields, int length)
    {
        writer.WriteHeader(TlvType.MetaInfo, length);
        if (fields.ContentType != ContentTypes.Blob)
        {
            writer.WriteNumber(TlvType.ContentType, fields.ContentType);
        }

        if (fields.FreshnessPeriodMs != 0)
        {
            writer.WriteNumber(TlvType.FreshnessPeriod, fields.FreshnessPeriodMs);
        }

        if (fields.FinalBlockId is { } last)
        {
            writer.WriteHeader(TlvType.FinalBlockId, last.EncodedLength);
            last.Write(ref writer);
        }
    }
}
