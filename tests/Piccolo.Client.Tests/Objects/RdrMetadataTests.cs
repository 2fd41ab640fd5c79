using System.Text.Json;
using Piccolo.Client.Objects;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;
using Piccolo.TestKit;

namespace Piccolo.Client.Tests.Objects;

public sealed class RdrMetadataTests
{
    [Fact]
    public void RdrMetadata_reads_and_makes_the_packets_of_the_vectors()
    {
        IReadOnlyList<JsonElement> vectors = Vectors.Load("rdr.json", "metadata");
        Assert.NotEmpty(vectors);
        foreach (JsonElement vector in vectors)
        {
            byte[] wire = vector.Octets("wire");
            Assert.Equal(TlvStatus.Ok, Data.TryDecode(wire, out Data? data));
            Assert.Equal(TlvStatus.Ok, RdrMetadata.TryParse(data!, out RdrMetadata? metadata));
            Assert.Equal(Name.Parse(vector.Text("versionedName")!), metadata!.VersionedName);
            Assert.True(data!.Name[^2].TryGetNumber(out ulong time));
            Data made = metadata.ToData(data.Name.Prefix(-3), time, DigestSha256Signer.Instance, data.FreshnessPeriodMs);
            Assert.Equal(wire, made.Wire.ToArray());
        }
    }

    [Fact]
    public void RdrMetadata_asks_as_the_vectors_do()
    {
        IReadOnlyList<JsonElement> vectors = Vectors.Load("rdr.json", "discovery-interest");
        Assert.NotEmpty(vectors);
        foreach (JsonElement vector in vectors)
        {
            Assert.Equal(TlvStatus.Ok, Interest.TryDecode(vector.Octets("wire"), out Interest? expected));
            Interest asked = RdrMetadata.DiscoveryInterest(expected!.Name.Prefix(-1));
            Assert.Equal(expected.Name, asked.Name);
            Assert.Equal((expected.CanBePrefix, expected.MustBeFresh), (asked.CanBePrefix, asked.MustBeFresh));
        }
    }

    [Fact]
    public void RdrMetadata_keeps_what_stands_behind_the_name()
    {
        JsonElement vector = Assert.Single(Vectors.Load("rdr.json", "metadata-content"));
        byte[] content = vector.Octets("wire");
        Assert.Equal(TlvStatus.Ok, RdrMetadata.TryParse(WithContent(content), out RdrMetadata? metadata));
        Assert.Equal(Name.Parse(vector.Text("versionedName")!), metadata!.VersionedName);
        Assert.Equal(content, metadata.EncodeContent());
    }

    [Theory]
    [InlineData("", TlvStatus.MissingElement)]
    [InlineData("0801", TlvStatus.LengthOverrun)]
    [InlineData("080141", TlvStatus.MissingElement)]
    [InlineData("0703080141fd03e901", TlvStatus.LengthOverrun)]
    [InlineData("0703080141fd03e900", TlvStatus.UnknownCritical)]
    public void RdrMetadata_refuses_content_that_is_no_name(string content, TlvStatus expected)
    {
        Assert.Equal(expected, RdrMetadata.TryParse(WithContent(Convert.FromHexString(content)), out RdrMetadata? none));
        Assert.Null(none);
    }

    [Fact]
    public void RdrMetadata_refuses_a_packet_that_is_no_metadata()
    {
        Data data = Data.Create(Name.Parse("/a/v=1/seg=0"), Name.Parse("/a/v=1").Encode(), DigestSha256Signer.Instance);
        Assert.Equal(TlvStatus.BadName, RdrMetadata.TryParse(data, out _));
    }

    private static Data WithContent(byte[] content) =>
        Data.Create(Name.Parse("/D/32=metadata/v=1/seg=0"), content, DigestSha256Signer.Instance);
}
