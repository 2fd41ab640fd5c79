using System.Globalization;
using System.Text;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Security;
using Piccolo.Sim.Engine;

namespace Piccolo.Sim.Applications;

/// <summary>The keys of a run, made from its seed: one that all producers share, and one of each node for what its functions say.</summary>
internal static class PacketKeys
{
    private const int NodeComponentIndex = 2;

    private static readonly KeyLocator Locator = new(Name.Parse("/sim/producer/KEY/1"));
    private static readonly Name NodeKeys = Name.Parse("/sim/node");

    /// <summary>What signs for producers.</summary>
    public static ISigner SignerFor(PacketSigning signing, ulong seed) => Signer(signing, Secret(seed, "producer.key", 0), Locator);

    /// <summary>What checks the signatures of <see cref="SignerFor"/>.</summary>
    public static IVerifier VerifierFor(PacketSigning signing, ulong seed) =>
        Verifier(signing, Secret(seed, "producer.key", 0), Locator);

    /// <summary>What signs for the functions of a node.</summary>
    public static ISigner NodeSigner(PacketSigning signing, ulong seed, int node) =>
        Signer(signing, Secret(seed, "node.key", node), NodeLocator(node));

    /// <summary>What checks the signatures of <see cref="NodeSigner"/>.</summary>
    public static IVerifier NodeVerifier(PacketSigning signing, ulong seed, int node) =>
        Verifier(signing, Secret(seed, "node.key", node), NodeLocator(node));

    /// <summary>Whose key a locator names.</summary>
    public static bool TryGetNode(Name? locator, int nodeCount, out int node)
    {
        node = -1;
        bool isNumber = locator is not null && locator.Count > NodeComponentIndex && NodeKeys.IsPrefixOf(locator)
            && int.TryParse(locator[NodeComponentIndex].Value.Span, NumberStyles.None, CultureInfo.InvariantCulture, out node);
        return isNumber && node >= 0 && node < nodeCount;
    }

    private static ISigner Signer(PacketSigning signing, byte[] secret, KeyLocator locator) => signing switch
    {
        PacketSigning.Hmac => new HmacSigner(secret, locator),
        PacketSigning.Ecdsa => DeterministicEcdsaSigner.FromScalar(secret, locator),
        PacketSigning.Ed25519 => new Ed25519Signer(secret, locator),
        _ => DigestSha256Signer.Instance,
    };

    private static IVerifier Verifier(PacketSigning signing, byte[] secret, KeyLocator locator) => signing switch
    {
        PacketSigning.Hmac => new HmacVerifier(secret),
        PacketSigning.Ecdsa => PublicKeyVerifier.FromSubjectPublicKeyInfo(
            DeterministicEcdsaSigner.FromScalar(secret, locator).SubjectPublicKeyInfo.Span),
        PacketSigning.Ed25519 => PublicKeyVerifier.FromSubjectPublicKeyInfo(
            new Ed25519Signer(secret, locator).SubjectPublicKeyInfo.Span),
        _ => DigestSha256Verifier.Instance,
    };

    private static KeyLocator NodeLocator(int node) => new(NodeKeys
        .Append(NameComponent.Generic(Encoding.ASCII.GetBytes(FormattableString.Invariant($"{node}"))))
        .Append(NameComponent.Generic("KEY"u8))
        .Append(NameComponent.Generic("1"u8)));

    private static byte[] Secret(ulong seed, string component, int index)
    {
        byte[] secret = new byte[32];
        new RandomStreams(seed).For(component, index).Fill(secret);
        secret[0] &= 0x7F;
        return secret;
    }
}
