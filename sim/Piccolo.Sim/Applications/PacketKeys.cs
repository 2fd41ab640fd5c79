using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Security;
using Piccolo.Sim.Engine;

namespace Piccolo.Sim.Applications;

/// <summary>The keys of a run's producers, made from its seed.</summary>
internal static class PacketKeys
{
    private static readonly KeyLocator Locator = new(Name.Parse("/sim/producer/KEY/1"));

    /// <summary>What signs.</summary>
    public static ISigner SignerFor(PacketSigning signing, ulong seed) => signing switch
    {
        PacketSigning.Hmac => new HmacSigner(Secret(seed), Locator),
        PacketSigning.Ecdsa => DeterministicEcdsaSigner.FromScalar(Secret(seed), Locator),
        PacketSigning.Ed25519 => new Ed25519Signer(Secret(seed), Locator),
        _ => DigestSha256Signer.Instance,
    };

    /// <summary>What checks the signatures of <see cref="SignerFor"/>.</summary>
    public static IVerifier VerifierFor(PacketSigning signing, ulong seed) => signing switch
    {
        PacketSigning.Hmac => new HmacVerifier(Secret(seed)),
        PacketSigning.Ecdsa => PublicKeyVerifier.FromSubjectPublicKeyInfo(
            DeterministicEcdsaSigner.FromScalar(Secret(seed), Locator).SubjectPublicKeyInfo.Span),
        PacketSigning.Ed25519 => PublicKeyVerifier.FromSubjectPublicKeyInfo(
            new Ed25519Signer(Secret(seed), Locator).SubjectPublicKeyInfo.Span),
        _ => DigestSha256Verifier.Instance,
    };

    private static byte[] Secret(ulong seed)
    {
        byte[] secret = new byte[32];
        new RandomStreams(seed).For("producer.key").Fill(secret);
        secret[0] &= 0x7F;
        return secret;
    }
}
