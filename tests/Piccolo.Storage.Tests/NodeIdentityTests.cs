using System.Security.Cryptography;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Security;

namespace Piccolo.Storage.Tests;

public sealed class NodeIdentityTests : IDisposable
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder _folder = new();

    private string Key => Path.Combine(_folder.State, "node.key");

    private string CertificatePath => Path.Combine(_folder.State, "node.cert");

    private string Secret => Path.Combine(_folder.State, "hmac.key");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_identity_is_made_once_and_is_the_same_from_then_on()
    {
        using NodeIdentity first = NodeIdentity.LoadOrCreate(_folder.State);
        byte[] key = File.ReadAllBytes(Key);
        byte[] secret = File.ReadAllBytes(Secret);
        using NodeIdentity second = NodeIdentity.LoadOrCreate(_folder.State);

        Assert.Equal(first.Certificate.Data.Wire.ToArray(), second.Certificate.Data.Wire.ToArray());
        Assert.Equal(first.Name, second.Name);
        Assert.Equal(first.SecretName, second.SecretName);
        Assert.Equal(key, File.ReadAllBytes(Key));
        Assert.Equal(secret, File.ReadAllBytes(Secret));
        Assert.Equal(32, secret.Length);
        Assert.Matches("^/piccolo/node/[0-9a-f]{16}$", first.Name.ToString());
        Assert.Equal(["hmac.key", "node.cert", "node.key"], Directory.GetFiles(_folder.State).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Two_folders_are_two_nodes()
    {
        using NodeIdentity one = NodeIdentity.LoadOrCreate(_folder.State);
        using NodeIdentity other = NodeIdentity.LoadOrCreate(_folder.PathOf("other"));
        Assert.NotEqual(one.Name, other.Name);
        Assert.NotEqual(File.ReadAllBytes(Secret), File.ReadAllBytes(_folder.PathOf("other/hmac.key")));
    }

    [Fact]
    public void Secrets_are_the_owners_only()
    {
        using NodeIdentity identity = NodeIdentity.LoadOrCreate(_folder.State);
        Assert.Equal(OwnerFile, File.GetUnixFileMode(Key));
        Assert.Equal(OwnerFile, File.GetUnixFileMode(Secret));
        Assert.Equal(OwnerFile | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.State));
    }

    [Fact]
    public void The_certificate_is_of_the_key_and_signed_by_it()
    {
        using NodeIdentity identity = NodeIdentity.LoadOrCreate(_folder.State);
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(Key));
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), identity.Certificate.PublicKey.ToArray());
        Assert.Equal("1.2.840.10045.3.1.7", key.ExportParameters(false).Curve.Oid.Value);
        Assert.True(identity.Certificate.IsSelfSigned);
        IVerifier verifier = PublicKeyVerifier.FromSubjectPublicKeyInfo(identity.Certificate.PublicKey.Span);
        Assert.True(identity.Certificate.IsSignedBy(verifier));
        Assert.True(identity.Certificate.IsValidAt(DateTimeOffset.UtcNow));
        Assert.True(identity.Certificate.IsValidAt(DateTimeOffset.UtcNow.AddYears(19)));
        Assert.Equal(identity.Certificate.Name, CertificateFile.Read(CertificatePath).Name);
    }

    [Fact]
    public void The_signers_sign_what_their_keys_verify_and_name_them()
    {
        using NodeIdentity identity = NodeIdentity.LoadOrCreate(_folder.State);
        byte[] portion = "what is signed"u8.ToArray();
        IVerifier verifier = PublicKeyVerifier.FromSubjectPublicKeyInfo(identity.Certificate.PublicKey.Span);
        Assert.True(verifier.Verify(SignatureType.Sha256WithEcdsa, portion, Sign(identity.Signer, portion)));
        Assert.Equal(identity.Certificate.Name, identity.Signer.KeyLocator!.Name);

        var code = new HmacVerifier(NodeIdentity.ReadSecret(Secret));
        Assert.True(code.Verify(SignatureType.HmacWithSha256, portion, Sign(identity.SecretSigner, portion)));
        Assert.Equal(identity.SecretName, identity.SecretSigner.KeyLocator!.Name);
        Assert.True(identity.Certificate.KeyName.IsPrefixOf(identity.SecretName));
    }

    [Fact]
    public void Another_name_gets_another_certificate_of_the_same_key()
    {
        Name chosen = Name.Parse("/operators/choice");
        using NodeIdentity before = NodeIdentity.LoadOrCreate(_folder.State);
        using NodeIdentity renamed = NodeIdentity.LoadOrCreate(_folder.State, chosen);
        using NodeIdentity again = NodeIdentity.LoadOrCreate(_folder.State, chosen);
        using NodeIdentity unnamed = NodeIdentity.LoadOrCreate(_folder.State);

        Assert.Equal(chosen, renamed.Name);
        Assert.True(chosen.IsPrefixOf(renamed.Certificate.KeyName));
        Assert.NotEqual(before.Certificate.Name, renamed.Certificate.Name);
        Assert.Equal(before.Certificate.PublicKey.ToArray(), renamed.Certificate.PublicKey.ToArray());
        Assert.Equal(renamed.Certificate.Data.Wire.ToArray(), again.Certificate.Data.Wire.ToArray());
        Assert.Equal(chosen, unnamed.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key at all")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    public void A_damaged_key_is_refused_and_kept(string content)
    {
        NodeIdentity.LoadOrCreate(_folder.State).Dispose();
        File.WriteAllText(Key, content);
        Refuses(Key, "private key");
        Assert.Equal(content, File.ReadAllText(Key));
    }

    [Fact]
    public void A_public_key_is_no_private_key()
    {
        NodeIdentity.LoadOrCreate(_folder.State).Dispose();
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(Key, other.ExportSubjectPublicKeyInfoPem());
        Refuses(Key, "private key");
    }

    [Fact]
    public void A_key_of_another_kind_is_refused()
    {
        NodeIdentity.LoadOrCreate(_folder.State).Dispose();
        using RSA other = RSA.Create(2048);
        File.WriteAllText(Key, other.ExportPkcs8PrivateKeyPem());
        Refuses(Key, "private key");
    }

    [Fact]
    public void A_damaged_certificate_is_refused()
    {
        NodeIdentity.LoadOrCreate(_folder.State).Dispose();
        File.WriteAllText(CertificatePath, "AAAA");
        Refuses(CertificatePath, "certificate");
    }

    [Fact]
    public void A_certificate_of_another_key_is_refused()
    {
        NodeIdentity.LoadOrCreate(_folder.State).Dispose();
        NodeIdentity.LoadOrCreate(_folder.PathOf("other")).Dispose();
        File.Copy(_folder.PathOf("other/node.cert"), CertificatePath, overwrite: true);
        Refuses(CertificatePath, "node.key");
    }

    [Fact]
    public void A_secret_of_another_length_is_refused()
    {
        NodeIdentity.LoadOrCreate(_folder.State).Dispose();
        File.WriteAllBytes(Secret, new byte[31]);
        Refuses(Secret, "31");
    }

    [Theory]
    [InlineData("node.key", UnixFileMode.GroupRead)]
    [InlineData("node.key", UnixFileMode.OtherRead)]
    [InlineData("node.key", UnixFileMode.OtherWrite)]
    [InlineData("hmac.key", UnixFileMode.GroupRead)]
    [InlineData("hmac.key", UnixFileMode.OtherRead)]
    public void A_secret_that_others_may_use_is_refused(string file, UnixFileMode extra)
    {
        NodeIdentity.LoadOrCreate(_folder.State).Dispose();
        string path = Path.Combine(_folder.State, file);
        File.SetUnixFileMode(path, OwnerFile | extra);
        Refuses(path, "chmod 600");
        File.SetUnixFileMode(path, UnixFileMode.UserRead);
        NodeIdentity.LoadOrCreate(_folder.State).Dispose();
    }

    [Fact]
    public void A_secret_that_is_missing_is_named()
    {
        string path = _folder.PathOf("no.key");
        var error = Assert.Throws<StorageException>(() => NodeIdentity.ReadSecret(path));
        Assert.Equal(path, error.Path);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    private static byte[] Sign(ISigner signer, byte[] portion)
    {
        byte[] signature = new byte[signer.MaxSignatureOctets];
        return signature[..signer.Sign(portion, signature)];
    }

    private void Refuses(string path, string said)
    {
        var error = Assert.Throws<StorageException>(() => NodeIdentity.LoadOrCreate(_folder.State));
        Assert.Equal(path, error.Path);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }
}
