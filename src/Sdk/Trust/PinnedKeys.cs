using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;

namespace Piccolo.Sdk.Trust;

/// <summary>Trusts the keys that it was given, and no others.</summary>
/// <remarks>Thread-safe. Bound: <see cref="KeyCountMax"/> keys.</remarks>
public sealed class PinnedKeys : IKeyTrust
{
    /// <summary>How many keys can be pinned.</summary>
    public const int KeyCountMax = 4096;

    private readonly Lock _gate = new();
    private readonly List<(Name KeyName, IVerifier Verifier)> _keys = [];

    /// <summary>Trusts the key of a certificate.</summary>
    public void Add(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        Add(certificate.KeyName, PublicKeyVerifier.FromSubjectPublicKeyInfo(certificate.PublicKey.Span));
    }

    /// <summary>Trusts whatever verifies signatures of a named key.</summary>
    /// <param name="keyName">The name of the key; a packet's key locator equals it or extends it.</param>
    /// <param name="verifier">Verifies its signatures.</param>
    /// <exception cref="InvalidOperationException">There are <see cref="KeyCountMax"/> keys.</exception>
    public void Add(Name keyName, IVerifier verifier)
    {
        ArgumentNullException.ThrowIfNull(keyName);
        ArgumentNullException.ThrowIfNull(verifier);
        lock (_gate)
        {
            if (_keys.Count >= KeyCountMax)
            {
                throw new InvalidOperationException($"{KeyCountMax} keys are pinned; no more fit");
            }

            _keys.Add((keyName, verifier));
        }
    }

    /// <inheritdoc/>
    public TrustVerdict Check(Data data)
    {
        ArgumentNullException.ThrowIfNull(data);
        SignatureInfo info = data.SignatureInfo;
        if (info.Type is SignatureType.DigestSha256 or SignatureType.Null)
        {
            return new TrustVerdict(false, "nobody", "it carries only a digest, which anybody can make");
        }

        if (info.KeyLocator?.Name is not { } locator)
        {
            return new TrustVerdict(false, "an unnamed key", "it does not name the key that signed it");
        }

        bool isKnown = false;
        lock (_gate)
        {
            foreach ((Name keyName, IVerifier verifier) in _keys)
            {
                if (!keyName.IsPrefixOf(locator))
                {
                    continue;
                }

                isKnown = true;
                if (verifier.Verify(info.Type, data.SignedPortion.Span, data.SignatureValue.Span))
                {
                    return new TrustVerdict(true, locator.ToString(), "");
                }
            }
        }

        return new TrustVerdict(
            false,
            locator.ToString(),
            isKnown ? "its signature is wrong for that key" : "that key is not among the trusted ones");
    }
}
