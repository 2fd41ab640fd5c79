using System.Security.Cryptography;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;

namespace Piccolo.Storage.Tests;

public sealed class CertificateFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string CertificatePath => _folder.PathOf("one.cert");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read()
    {
        Certificate certificate = Make();
        CertificateFile.Write(CertificatePath, certificate);
        Assert.Equal(certificate.Data.Wire.ToArray(), CertificateFile.Read(CertificatePath).Data.Wire.ToArray());

        string[] lines = File.ReadAllLines(CertificatePath);
        Assert.True(lines.Length > 3);
        Assert.All(lines[..^1], line => Assert.Equal(64, line.Length));
        Assert.InRange(lines[^1].Length, 1, 64);
    }

    [Fact]
    public void Lines_of_any_length_are_read()
    {
        Certificate certificate = Make();
        File.WriteAllText(CertificatePath, Convert.ToBase64String(certificate.Data.Wire.Span).Insert(7, "\r\n  "));
        Assert.Equal(certificate.Name, CertificateFile.Read(CertificatePath).Name);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        Refuses("does not exist");
        var error = Assert.Throws<StorageException>(() => CertificateFile.Read(_folder.PathOf("no/such.cert")));
        Assert.Contains("no/such.cert", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_certificate_is_refused_with_the_reason()
    {
        File.WriteAllText(CertificatePath, "not base64!");
        Refuses("base64");
        File.WriteAllText(CertificatePath, "");
        Refuses("no Data packet");
        File.WriteAllText(CertificatePath, Convert.ToBase64String(Make().Data.Wire.Span[..^1]));
        Refuses("no Data packet");
        Data other = Data.Create(new DataFields { Name = Name.Parse("/a/KEY/b/c/d") }, DigestSha256Signer.Instance);
        File.WriteAllText(CertificatePath, Convert.ToBase64String(other.Wire.Span));
        Refuses("is not a certificate");
        File.WriteAllText(CertificatePath, new string('A', 70_000));
        Refuses("too long");
    }

    private static Certificate Make()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return Certificate.SelfSign(
            Name.Parse("/alice/KEY/1"), key.ExportSubjectPublicKeyInfo(), 1, new ValidityPeriod(start, start.AddDays(1)),
            new EcdsaSigner(key, null));
    }

    private void Refuses(string said)
    {
        var error = Assert.Throws<StorageException>(() => CertificateFile.Read(CertificatePath));
        Assert.Equal(CertificatePath, error.Path);
        Assert.StartsWith(CertificatePath, error.Message, StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }
}
