using System.Security.Cryptography;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Security;

namespace Piccolo.Storage;

/// <summary>Who a node is: its name, its ECDSA P-256 key with a self-signed certificate, and a secret for cheap signatures.</summary>
/// <remarks>
/// Kept in the state folder as <c>node.key</c> (PKCS#8, PEM), <c>node.cert</c> (see <see cref="CertificateFile"/>) and <c>hmac.key</c>
/// (32 octets); the folder and the two secrets are the owner's only. Made on first use. Owns: the key; dispose it at the end.
/// </remarks>
public sealed class NodeIdentity : IDisposable
{
    private const string KeyFile = "node.key";
    private const string CertificateFileName = "node.cert";
    private const string SecretFile = "hmac.key";
    private const int SecretOctets = 32;
    private static readonly TimeSpan Validity = TimeSpan.FromDays(20 * 365);

    private readonly ECDsa _key;

    private NodeIdentity(ECDsa key, Certificate certificate, byte[] secret)
    {
        _key = key;
        Certificate = certificate;
        Signer = new EcdsaSigner(key, new KeyLocator(certificate.Name));
        SecretName = certificate.KeyName.Append("hmac");
        SecretSigner = new HmacSigner(secret, new KeyLocator(SecretName));
    }

    /// <summary>The node's name.</summary>
    public Name Name => Certificate.Identity;

    /// <summary>The certificate of the node's key, signed by itself.</summary>
    public Certificate Certificate { get; }

    /// <summary>Signs with the node's key; anybody who has the certificate can verify.</summary>
    public ISigner Signer { get; }

    /// <summary>Signs with the node's secret; only those who may read the state folder can verify.</summary>
    public ISigner SecretSigner { get; }

    /// <summary>What packets signed with the secret say of their key.</summary>
    public Name SecretName { get; }

    /// <summary>Reads the identity of a state folder, or makes one in it.</summary>
    /// <param name="folder">The state folder; made when it is missing.</param>
    /// <param name="name">
    /// The node's name; null for the one it has, or <c>/piccolo/node/KEY-ID</c>. Another than before gets a certificate of its own
    /// that replaces the one that was there; the key stays.
    /// </param>
    /// <exception cref="StorageException">A file is damaged, or a secret that others may read.</exception>
    public static NodeIdentity LoadOrCreate(string folder, Name? name = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        OwnerOnlyFile.CreateFolder(folder);
        ECDsa key = LoadOrCreateKey(Path.Combine(folder, KeyFile));
        try
        {
            string certificatePath = Path.Combine(folder, CertificateFileName);
            Certificate certificate = LoadOrCreateCertificate(certificatePath, key, name);
            return new NodeIdentity(key, certificate, LoadOrCreateSecret(Path.Combine(folder, SecretFile)));
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Reads a secret that was given to verify a node's HMAC signatures.</summary>
    /// <exception cref="StorageException">The file is missing, is not 32 octets, or others may read it.</exception>
    public static byte[] ReadSecret(string path)
    {
        if (!File.Exists(path))
        {
            throw new StorageException(path, "does not exist; it should hold a node's HMAC secret");
        }

        OwnerOnlyFile.RequireOwnerOnly(path);
        byte[] secret = File.ReadAllBytes(path);
        return secret.Length == SecretOctets
            ? secret
            : throw new StorageException(path, $"has {secret.Length} octets; an HMAC secret has {SecretOctets}");
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static ECDsa LoadOrCreateKey(string path)
    {
        if (!File.Exists(path))
        {
            ECDsa made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            OwnerOnlyFile.Write(path, System.Text.Encoding.ASCII.GetBytes(made.ExportPkcs8PrivateKeyPem() + "\n"));
            return made;
        }

        OwnerOnlyFile.RequireOwnerOnly(path);
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            CryptographicOperations.ZeroMemory(key.ExportPkcs8PrivateKey()); // throws when only the public half was there
            return key;
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new StorageException(path, "is not a private key in PEM; move it away to have another made", error);
        }
    }

    private static Certificate LoadOrCreateCertificate(string path, ECDsa key, Name? name)
    {
        byte[] publicKey = key.ExportSubjectPublicKeyInfo();
        if (File.Exists(path))
        {
            Certificate found = CertificateFile.Read(path);
            if (!found.PublicKey.Span.SequenceEqual(publicKey))
            {
                throw new StorageException(path, $"is not the certificate of {KeyFile} beside it; move one of them away");
            }

            if (name is null || found.Identity == name)
            {
                return found;
            }
        }

        byte[] keyId = SHA256.HashData(publicKey)[..8];
        Name identity = name ?? Name.Parse("/piccolo/node").Append(Convert.ToHexStringLower(keyId));
        Name keyName = identity.Append("KEY").Append(NameComponent.Generic(keyId));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Certificate made = Certificate.SelfSign(
            keyName, publicKey, (ulong)now.ToUnixTimeMilliseconds(),
            new ValidityPeriod(now.AddSeconds(-1), now + Validity), new EcdsaSigner(key, null));
        CertificateFile.Write(path, made);
        return made;
    }

    private static byte[] LoadOrCreateSecret(string path)
    {
        if (!File.Exists(path))
        {
            OwnerOnlyFile.Write(path, RandomNumberGenerator.GetBytes(SecretOctets));
        }

        return ReadSecret(path);
    }
}
