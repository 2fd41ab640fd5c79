namespace Piccolo.Sdk.Trust;

/// <summary>Whether a packet is believed, by whose key, and why not.</summary>
/// <param name="IsTrusted">Whether its signature is good and its key is trusted.</param>
/// <param name="Signer">What the packet says of its key; a word for digests.</param>
/// <param name="Reason">Why it is not believed, in a sentence; empty when it is.</param>
public readonly record struct TrustVerdict(bool IsTrusted, string Signer, string Reason);
