using Piccolo.Ndn.Security;

namespace Piccolo.Storage.Tests;

public sealed class KnownNodesTests : IDisposable
{
    private const string One = "unix:///run/one.sock";
    private const string Two = "tcp4://192.0.2.1:6363";

    private readonly TemporaryFolder _folder = new();

    private string KnownPath => Path.Combine(_folder.State, "known-nodes.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_first_key_is_remembered_and_the_same_key_is_accepted_from_then_on()
    {
        Certificate certificate = CertificateOf("a");
        new KnownNodes(_folder.State).Check(One, certificate);
        string kept = File.ReadAllText(KnownPath);
        Assert.Contains(One, kept, StringComparison.Ordinal);
        new KnownNodes(_folder.State).Check(One, certificate);
        Assert.Equal(kept, File.ReadAllText(KnownPath));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KnownPath));
    }

    [Fact]
    public void Another_key_at_the_same_place_is_refused_and_the_first_stays()
    {
        Certificate first = CertificateOf("a");
        Certificate other = CertificateOf("b");
        var nodes = new KnownNodes(_folder.State);
        nodes.Check(One, first);
        for (int i = 0; i < 2; i++)
        {
            var error = Assert.Throws<StorageException>(() => new KnownNodes(_folder.State).Check(One, other));
            Assert.Equal(KnownPath, error.Path);
            Assert.Contains(One, error.Message, StringComparison.Ordinal);
            Assert.Contains(other.KeyName.ToString(), error.Message, StringComparison.Ordinal);
        }

        nodes.Check(One, first);
    }

    [Fact]
    public void Another_certificate_of_the_same_key_is_the_same_node()
    {
        var nodes = new KnownNodes(_folder.State);
        nodes.Check(One, CertificateOf("a"));
        using NodeIdentity renamed = NodeIdentity.LoadOrCreate(_folder.PathOf("a"), Ndn.Naming.Name.Parse("/renamed"));
        nodes.Check(One, renamed.Certificate);
    }

    [Fact]
    public void Places_are_kept_apart()
    {
        var nodes = new KnownNodes(_folder.State);
        nodes.Check(One, CertificateOf("a"));
        nodes.Check(Two, CertificateOf("b"));
        nodes.Check(One, CertificateOf("a"));
        Assert.Throws<StorageException>(() => nodes.Check(Two, CertificateOf("a")));
    }

    [Fact]
    public void A_place_whose_line_was_taken_out_is_new_again()
    {
        var nodes = new KnownNodes(_folder.State);
        nodes.Check(One, CertificateOf("a"));
        File.WriteAllText(KnownPath, "{}");
        nodes.Check(One, CertificateOf("b"));
        Assert.Throws<StorageException>(() => nodes.Check(One, CertificateOf("a")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"unix:///run/one.sock\": null}")]
    [InlineData("{\"unix:///run/one.sock\": 7}")]
    public void A_damaged_file_is_refused_and_left_alone(string content)
    {
        Directory.CreateDirectory(_folder.State);
        File.WriteAllText(KnownPath, content);
        var error = Assert.Throws<StorageException>(() => new KnownNodes(_folder.State).Check(One, CertificateOf("a")));
        Assert.Equal(KnownPath, error.Path);
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(KnownPath));
    }

    private Certificate CertificateOf(string node)
    {
        using NodeIdentity identity = NodeIdentity.LoadOrCreate(_folder.PathOf(node));
        return identity.Certificate;
    }
}
