using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Packets;

/// <summary>An Interest that an application makes or received.</summary>
/// <remarks>
/// Immutable. One that was decoded keeps its octets, so that its signature can still be verified.
/// Source: NDN Packet Format v0.3, "Interest" and "Signed Interest".
/// </remarks>
public sealed class Interest
{
    private byte[]? _wire;
    private byte[]? _signedPortion;

    /// <summary>What is asked for; at least one component.</summary>
    /// <remarks>
    /// Where there are ApplicationParameters, their digest belongs into the name; <see cref="Encode"/> sets it, in place of a
    /// digest that is there or as the last component.
    /// </remarks>
    public required Name Name { get; init; }

    /// <summary>Whether Data with a longer name may answer.</summary>
    public bool CanBePrefix { get; init; }

    /// <summary>Whether stores may answer only with fresh Data.</summary>
    public bool MustBeFresh { get; init; }

    /// <summary>Names towards which the Interest is forwarded when its own leads nowhere, most preferred first.</summary>
    public IReadOnlyList<Name> ForwardingHint { get; init; } = [];

    /// <summary>Four random octets as a big-endian number; when null the first forwarder draws them.</summary>
    public uint? Nonce { get; init; }

    /// <summary>How long the Interest is pending; null is <see cref="InterestView.DefaultLifetimeMs"/>.</summary>
    /// <remarks>Units: milliseconds.</remarks>
    public ulong? LifetimeMs { get; init; }

    /// <summary>How many hops the Interest may go; null is no limit.</summary>
    public byte? HopLimit { get; init; }

    /// <summary>Request payload; null when the element is absent, which an empty one is not.</summary>
    public ReadOnlyMemory<byte>? ApplicationParameters { get; init; }

    /// <summary>Under which name the sender can be asked back, or null.</summary>
    /// <remarks>Wire: TLV-TYPE 0x0402 holding a Name, before ApplicationParameters and outside their digest.</remarks>
    public Name? ReflexiveName { get; init; }

    /// <summary>How the Interest is signed; null when it is not.</summary>
    public SignatureInfo? SignatureInfo { get; init; }

    /// <summary>The signature; empty when there is none.</summary>
    public ReadOnlyMemory<byte> SignatureValue { get; init; }

    /// <summary>The octets an Interest was decoded from; empty for one that was made here.</summary>
    public ReadOnlyMemory<byte> Wire => _wire;

    /// <summary>Reads a whole packet; the octets are copied.</summary>
    /// <param name="packet">TYPE, LENGTH and VALUE, nothing behind.</param>
    /// <param name="interest">The packet, null unless Ok.</param>
    /// <returns>As <see cref="InterestView.TryDecode"/>.</returns>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> packet, out Interest? interest)
    {
        interest = null;
        TlvStatus status = InterestView.TryDecode(packet, out InterestView view);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        SignatureInfo? info = null;
        if (view.IsSigned)
        {
            status = view.TryGetSignatureInfo(out info);
        }

        if (status == TlvStatus.Ok)
        {
            interest = FromView(view, info);
        }

        return status;
    }

    /// <summary>The packet as octets.</summary>
    /// <exception cref="InvalidOperationException">
    /// The name has no component, or a parameters digest without ApplicationParameters, or the packet would be larger than the
    /// network carries.
    /// </exception>
    public byte[] Encode()
    {
        if (_wire is not null)
        {
            return (byte[])_wire.Clone();
        }

        byte[] packet = InterestEncoder.Encode(this);
        return packet.Length <= PacketLimits.MaxPacketOctets
            ? packet
            : throw new InvalidOperationException($"an Interest of {packet.Length} octets cannot be sent: {Name}");
    }

    /// <summary>The name as it stands in the encoded packet: with the digest of the parameters where there are any.</summary>
    public Name GetWireName() => _wire is not null ? Name : InterestEncoder.NameWithDigest(this);

    /// <summary>What the signature covers; empty when there is no SignatureInfo.</summary>
    public ReadOnlyMemory<byte> GetSignedPortion() => _signedPortion ??= InterestEncoder.SignedPortion(this);

    /// <summary>A signed copy, whose name ends with the digest of its parameters; absent parameters become empty ones.</summary>
    /// <param name="signer">Signs at once, on the caller's thread.</param>
    /// <param name="nonce">Random octets against replay, or null.</param>
    /// <param name="timeMs">Milliseconds since the Unix epoch, or null.</param>
    /// <param name="sequenceNumber">Growing number, or null.</param>
    public Interest Sign(
        ISigner signer, ReadOnlyMemory<byte>? nonce = null, ulong? timeMs = null, ulong? sequenceNumber = null)
    {
        ArgumentNullException.ThrowIfNull(signer);
        SignatureInfo info = new()
        {
            Type = signer.Type,
            KeyLocator = signer.KeyLocator,
            Nonce = nonce,
            TimeMs = timeMs,
            SequenceNumber = sequenceNumber,
        };
        Interest unsigned = WithSignatureInfo(info);
        byte[] signature = new byte[signer.MaxSignatureOctets];
        int length = signer.Sign(unsigned.GetSignedPortion().Span, signature);
        return unsigned.WithSignature(signature.AsSpan(0, length));
    }

    /// <summary>A copy that is to be signed, for cores that let signing leave and come back.</summary>
    /// <param name="info">How it will be signed.</param>
    /// <returns>An Interest whose <see cref="GetSignedPortion"/> is what to sign; close it with
    /// <see cref="WithSignature(ReadOnlySpan{byte})"/>.</returns>
    public Interest WithSignatureInfo(SignatureInfo info) => WithSignature(info, ReadOnlyMemory<byte>.Empty);

    /// <summary>A copy with a signature over <see cref="GetSignedPortion"/>.</summary>
    /// <exception cref="InvalidOperationException">There is no SignatureInfo.</exception>
    public Interest WithSignature(ReadOnlySpan<byte> signature)
    {
        SignatureInfo info = SignatureInfo ?? throw new InvalidOperationException("a signature needs its SignatureInfo");
        Interest signed = WithSignature(info, signature.ToArray());
        return signed.WithName(InterestEncoder.NameWithDigest(signed));
    }

    /// <summary>Whether a Data packet satisfies this Interest, freshness apart.</summary>
    public bool Matches(Data data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Name name = GetWireName();
        bool needsDigest = name.Count == data.Name.Count + 1;
        return PacketMatcher.Matches(name.View, CanBePrefix, data.Name.View, needsDigest ? data.ImplicitDigest : default);
    }

    private static Interest FromView(InterestView view, SignatureInfo? info)
    {
        List<Name> hint = [];
        foreach (NameView delegation in view.EnumerateForwardingHint())
        {
            hint.Add(delegation.ToName());
        }

        Name? reflexive = null;
        if (view.HasReflexiveName)
        {
            _ = Name.TryDecode(view.ReflexiveName, out reflexive);
        }

        byte[] signedPortion = new byte[view.SignedPortionLength];
        view.CopySignedPortion(signedPortion);
        return new Interest
        {
            _wire = view.Packet.ToArray(),
            _signedPortion = signedPortion,
            Name = view.Name.ToName(),
            CanBePrefix = view.CanBePrefix,
            MustBeFresh = view.MustBeFresh,
            ForwardingHint = hint,
            Nonce = view.HasNonce ? view.Nonce : null,
            LifetimeMs = view.HasLifetime ? view.LifetimeMs : null,
            HopLimit = view.HasHopLimit ? view.HopLimit : null,
            ApplicationParameters = view.HasApplicationParameters
                ? new ReadOnlyMemory<byte>(view.ApplicationParameters.ToArray())
                : (ReadOnlyMemory<byte>?)null,
            ReflexiveName = reflexive,
            SignatureInfo = info,
            SignatureValue = view.SignatureValue.ToArray(),
        };
    }

    private Interest WithSignature(SignatureInfo info, ReadOnlyMemory<byte> signature) =>
        Copy(InterestEncoder.NameWithoutDigest(Name), ApplicationParameters ?? ReadOnlyMemory<byte>.Empty, info, signature);

    private Interest WithName(Name name) => Copy(name, ApplicationParameters, SignatureInfo, SignatureValue);

    private Interest Copy(
        Name name, ReadOnlyMemory<byte>? parameters, SignatureInfo? info, ReadOnlyMemory<byte> signature) => new()
        {
            Name = name,
            CanBePrefix = CanBePrefix,
            MustBeFresh = MustBeFresh,
            ForwardingHint = ForwardingHint,
            Nonce = Nonce,
            LifetimeMs = LifetimeMs,
            HopLimit = HopLimit,
            ApplicationParameters = parameters,
            ReflexiveName = ReflexiveName,
            SignatureInfo = info,
            SignatureValue = signature,
        };
}
