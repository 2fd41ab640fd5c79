using System.Security.Cryptography;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Packets;

/// <summary>A Data packet that an application holds: its octets, and what they say.</summary>
/// <remarks>Immutable. Made by decoding, by signing, or by completing an <see cref="UnsignedData"/>.</remarks>
public sealed class Data
{
    private byte[]? _implicitDigest;
    private Name? _fullName;

    private Data(ReadOnlyMemory<byte> wire, DataView view, SignatureInfo signatureInfo)
    {
        Wire = wire;
        Name = view.Name.ToName();
        ContentType = view.ContentType;
        FreshnessPeriodMs = view.FreshnessPeriodMs;
        Content = Locate(wire, view.Content);
        SignatureInfo = signatureInfo;
        SignatureValue = Locate(wire, view.SignatureValue);
        SignedPortion = Locate(wire, view.SignedPortion);
        if (NameComponentView.TryCreate(view.FinalBlockId, out NameComponentView last) == TlvStatus.Ok)
        {
            FinalBlockId = last.ToComponent();
        }
    }

    /// <summary>The name, without the implicit digest.</summary>
    public Name Name { get; }

    /// <summary>What Content means; see <see cref="ContentTypes"/>.</summary>
    public ulong ContentType { get; }

    /// <summary>How long after its arrival the packet is fresh; 0 is never.</summary>
    /// <remarks>Units: milliseconds.</remarks>
    public ulong FreshnessPeriodMs { get; }

    /// <summary>The last component of the sequence this packet belongs to, or null.</summary>
    public NameComponent? FinalBlockId { get; }

    /// <summary>The payload; a window on <see cref="Wire"/>.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>How the packet is signed.</summary>
    public SignatureInfo SignatureInfo { get; }

    /// <summary>The signature; a window on <see cref="Wire"/>.</summary>
    public ReadOnlyMemory<byte> SignatureValue { get; }

    /// <summary>What the signature covers; a window on <see cref="Wire"/>.</summary>
    public ReadOnlyMemory<byte> SignedPortion { get; }

    /// <summary>The whole packet.</summary>
    public ReadOnlyMemory<byte> Wire { get; }

    /// <summary>SHA-256 of the whole packet, computed when first asked for.</summary>
    public ReadOnlySpan<byte> ImplicitDigest => _implicitDigest ??= SHA256.HashData(Wire.Span);

    /// <summary>The name with the implicit digest as its last component: it names this packet and no other.</summary>
    public Name FullName => _fullName ??= Name.Append(NameComponent.ImplicitDigest(ImplicitDigest));

    /// <summary>Encodes and signs.</summary>
    /// <param name="fields">What the packet says.</param>
    /// <param name="signer">Signs at once, on the caller's thread.</param>
    /// <exception cref="ArgumentException">The packet would be larger than the network carries.</exception>
    public static Data Create(DataFields fields, ISigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        UnsignedData unsigned = new(fields, SignatureInfo.For(signer));
        byte[] signature = new byte[signer.MaxSignatureOctets];
        int length = signer.Sign(unsigned.SignedPortion.Span, signature);
        return FromCompleted(unsigned.Complete(signature.AsSpan(0, length)));
    }

    /// <summary>Encodes and signs a packet of payload.</summary>
    /// <param name="name">The name, without an implicit digest.</param>
    /// <param name="content">The payload.</param>
    /// <param name="signer">Signs at once, on the caller's thread.</param>
    /// <param name="freshnessPeriodMs">How long the packet is fresh in a store; 0 is never.</param>
    /// <param name="finalBlockId">The last component of the sequence, or null.</param>
    /// <param name="contentType">What Content means.</param>
    /// <exception cref="ArgumentException">The packet would be larger than the network carries.</exception>
    public static Data Create(
        Name name, ReadOnlyMemory<byte> content, ISigner signer, ulong freshnessPeriodMs = 0, NameComponent? finalBlockId = null,
        ulong contentType = ContentTypes.Blob)
    {
        DataFields fields = new()
        {
            Name = name,
            Content = content,
            FreshnessPeriodMs = freshnessPeriodMs,
            FinalBlockId = finalBlockId,
            ContentType = contentType,
        };
        return Create(fields, signer);
    }

    /// <summary>Reads a whole packet; the octets are copied.</summary>
    /// <param name="packet">TYPE, LENGTH and VALUE, nothing behind.</param>
    /// <param name="data">The packet, null unless Ok.</param>
    /// <returns>As <see cref="DataView.TryDecode"/>.</returns>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> packet, out Data? data)
    {
        data = null;
        TlvStatus status = DataView.TryDecode(packet, out _);
        return status == TlvStatus.Ok ? TryDecodeOwned(packet.ToArray(), out data) : status;
    }

    /// <summary>Reads a whole packet without copying.</summary>
    /// <param name="packet">Octets that nobody changes any more; the packet keeps them.</param>
    /// <param name="data">The packet, null unless Ok.</param>
    /// <returns>As <see cref="DataView.TryDecode"/>.</returns>
    public static TlvStatus TryDecodeOwned(ReadOnlyMemory<byte> packet, out Data? data)
    {
        data = null;
        TlvStatus status = DataView.TryDecode(packet.Span, out DataView view);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        status = view.TryGetSignatureInfo(out SignatureInfo? info);
        if (status == TlvStatus.Ok)
        {
            data = new Data(packet, view, info!);
        }

        return status;
    }

    private static Data FromCompleted(byte[] packet) =>
        TryDecodeOwned(packet, out Data? data) is var status && data is not null
            ? data
            : throw new ArgumentException("the packet cannot be sent: " + status);

    private static ReadOnlyMemory<byte> Locate(ReadOnlyMemory<byte> wire, ReadOnlySpan<byte> part) =>
        wire.Span.Overlaps(part, out int offset) ? wire.Slice(offset, part.Length) : default;
}
