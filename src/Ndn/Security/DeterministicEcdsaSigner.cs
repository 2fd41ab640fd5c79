using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;

namespace Piccolo.Ndn.Security;

/// <summary>Signs with ECDSA over SHA-256 without randomness: the same key and octets always give the same signature.</summary>
/// <remarks>
/// For simulations and test vectors. Slower than <see cref="EcdsaSigner"/> by an order of magnitude, allocates, and its
/// arithmetic on the private key takes time that depends on the key: not for keys that somebody nearby may want.
/// May be called from several threads at once. Curves: P-256 and P-384.
/// Source: RFC 6979, sections 2.3 and 3.2.
/// </remarks>
public sealed class DeterministicEcdsaSigner : ISigner
{
    private static readonly BigInteger OrderP256 =
        Parse("00FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    private static readonly BigInteger OrderP384 = Parse(
        "00FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973");

    private readonly ECCurve _curve;
    private readonly BigInteger _order;
    private readonly int _scalarOctets;
    private readonly BigInteger _privateKey;
    private readonly byte[] _publicKey;

    /// <summary>A signer with a copy of a key.</summary>
    /// <param name="key">A private key on P-256 or P-384 that may be exported; stays the caller's.</param>
    /// <param name="keyLocator">What SignatureInfo says about the key.</param>
    /// <exception cref="CryptographicException">Another curve, or the private key is missing or may not be exported.</exception>
    public DeterministicEcdsaSigner(ECDsa key, KeyLocator? keyLocator)
    {
        ArgumentNullException.ThrowIfNull(key);
        ECParameters parameters = key.ExportParameters(includePrivateParameters: true);
        _curve = parameters.Curve;
        (_order, _scalarOctets) = parameters.Curve.Oid?.Value switch
        {
            NamedCurves.P256 => (OrderP256, 32),
            NamedCurves.P384 => (OrderP384, 48),
            _ => throw new CryptographicException("deterministic signatures are for P-256 and P-384"),
        };
        _privateKey = FromOctets(parameters.D ?? throw new CryptographicException("the key has no private part"));
        _publicKey = key.ExportSubjectPublicKeyInfo();
        KeyLocator = keyLocator;
        MaxSignatureOctets = key.GetMaxSignatureSize(DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <inheritdoc/>
    public SignatureType Type => SignatureType.Sha256WithEcdsa;

    /// <inheritdoc/>
    public KeyLocator? KeyLocator { get; }

    /// <inheritdoc/>
    public int MaxSignatureOctets { get; }

    /// <summary>The public key as DER SubjectPublicKeyInfo.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo => _publicKey;

    /// <summary>A signer whose private key is a number, for keys that come from a seed.</summary>
    /// <param name="privateKey">32 octets for P-256, 48 for P-384, most significant first; 1 to the curve's order less one.</param>
    /// <param name="keyLocator">What SignatureInfo says about the key.</param>
    /// <exception cref="ArgumentException">Another number of octets, or a number out of range.</exception>
    public static DeterministicEcdsaSigner FromScalar(ReadOnlySpan<byte> privateKey, KeyLocator? keyLocator)
    {
        (ECCurve curve, BigInteger order) = privateKey.Length switch
        {
            32 => (ECCurve.NamedCurves.nistP256, OrderP256),
            48 => (ECCurve.NamedCurves.nistP384, OrderP384),
            _ => throw new ArgumentException("a private key has 32 or 48 octets", nameof(privateKey)),
        };
        BigInteger scalar = FromOctets(privateKey);
        if (scalar.IsZero || scalar >= order)
        {
            throw new ArgumentException("the private key is not below the curve's order", nameof(privateKey));
        }

        using ECDsa key = ECDsa.Create(new ECParameters { Curve = curve, D = privateKey.ToArray() });
        return new DeterministicEcdsaSigner(key, keyLocator);
    }

    /// <inheritdoc/>
    public int Sign(ReadOnlySpan<byte> signedPortion, Span<byte> signature)
    {
        if (signature.Length < MaxSignatureOctets)
        {
            throw new ArgumentException("too short for a signature", nameof(signature));
        }

        // The digest has no more bits than the order of either curve, so RFC 6979's bits2int keeps all of them.
        byte[] digest = SHA256.HashData(signedPortion);
        BigInteger number = FromOctets(digest);
        NonceGenerator nonces = new(ToOctets(_privateKey), ToOctets(number % _order));
        while (true)
        {
            // A second round happens with a probability of about 2^-32 for P-256, and each further one that much less.
            byte[] nonce = nonces.Next(_scalarOctets);
            BigInteger k = FromOctets(nonce);
            if (k.IsZero || k >= _order)
            {
                continue;
            }

            BigInteger r = MultiplyGenerator(nonce) % _order;
            BigInteger s = BigInteger.ModPow(k, _order - 2, _order) * (number + r * _privateKey) % _order;
            if (!r.IsZero && !s.IsZero)
            {
                return WriteDer(r, s, signature);
            }
        }
    }

    /// <summary>The x coordinate of a multiple of the generator; the platform computes it as if it were a public key.</summary>
    private BigInteger MultiplyGenerator(byte[] scalar)
    {
        using ECDsa point = ECDsa.Create(new ECParameters { Curve = _curve, D = scalar });
        return FromOctets(point.ExportParameters(includePrivateParameters: false).Q.X);
    }

    private static int WriteDer(BigInteger r, BigInteger s, Span<byte> signature)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(r);
            writer.WriteInteger(s);
        }

        return writer.Encode(signature);
    }

    private byte[] ToOctets(BigInteger number)
    {
        byte[] octets = new byte[_scalarOctets];
        int length = number.GetByteCount(isUnsigned: true);
        number.TryWriteBytes(octets.AsSpan(_scalarOctets - length), out _, isUnsigned: true, isBigEndian: true);
        return octets;
    }

    private static BigInteger FromOctets(ReadOnlySpan<byte> octets) => new(octets, isUnsigned: true, isBigEndian: true);

    private static BigInteger Parse(string hex) => FromOctets(Convert.FromHexString(hex));

    /// <summary>HMAC_DRBG as RFC 6979, section 3.2 runs it.</summary>
    private sealed class NonceGenerator
    {
        private readonly byte[] _value = new byte[HMACSHA256.HashSizeInBytes];
        private byte[] _key = new byte[HMACSHA256.HashSizeInBytes];

        public NonceGenerator(byte[] privateKey, byte[] digest)
        {
            _value.AsSpan().Fill(1);
            Mix([.. _value, 0, .. privateKey, .. digest]);
            Mix([.. _value, 1, .. privateKey, .. digest]);
        }

        public byte[] Next(int octets)
        {
            byte[] candidate = new byte[octets];
            for (int filled = 0; filled < octets; filled += _value.Length)
            {
                HMACSHA256.HashData(_key, _value, _value);
                _value.AsSpan(0, Math.Min(_value.Length, octets - filled)).CopyTo(candidate.AsSpan(filled));
            }

            // Prepares for the case that this candidate is refused; step h.3.
            Mix([.. _value, 0]);
            return candidate;
        }

        private void Mix(byte[] input)
        {
            _key = HMACSHA256.HashData(_key, input);
            HMACSHA256.HashData(_key, _value, _value);
        }
    }
}
