using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;
using Piccolo.TestKit;

namespace Piccolo.Ndn.Tests.Packets;

/// <summary>What runs for each packet allocates nothing.</summary>
public sealed class PacketAllocationTests
{
    [Theory]
    [InlineData("interests.json", "combo-15-cbp-mbf-fh-life")]
    [InlineData("interests.json", "app-digest-middle")]
    [InlineData("signed-interests.json", "ec-min")]
    public void Decoding_an_interest_allocates_nothing(string file, string id)
    {
        byte[] wire = Wire(file, id);
        int nonceCount = 0;
        Assert.Equal(0, Allocations.Of(() =>
        {
            if (InterestView.TryDecode(wire, out InterestView view) == TlvStatus.Ok && view.HasNonce)
            {
                nonceCount++;
            }
        }));
        Assert.Equal(1200, nonceCount);
    }

    [Theory]
    [InlineData("digest-full")]
    [InlineData("ec-full")]
    public void Decoding_data_and_hashing_it_allocates_nothing(string id)
    {
        byte[] wire = Wire("data.json", id);
        byte[] digest = new byte[32];
        int decoded = 0;
        Assert.Equal(0, Allocations.Of(() =>
        {
            if (DataView.TryDecode(wire, out DataView view) == TlvStatus.Ok)
            {
                view.WriteImplicitDigest(digest);
                decoded++;
            }
        }));
        Assert.Equal(1200, decoded);
    }

    [Fact]
    public void Refusing_matching_and_editing_allocate_nothing()
    {
        byte[] interestWire = Vectors.Load("matching.json").Single(vector => vector.Text("id") == "full").Octets("interest");
        byte[] dataWire = Vectors.Load("matching.json").Single(vector => vector.Text("id") == "full").Octets("data");
        byte[] copy = new byte[interestWire.Length + InterestEditor.GrowthOctetsMax];
        int matched = 0;
        Assert.Equal(0, Allocations.Of(() =>
        {
            _ = InterestView.TryDecode(interestWire, out InterestView interest);
            _ = DataView.TryDecode(dataWire, out DataView data);
            matched += PacketMatcher.Matches(interest, data) ? 1 : 0;
            int length = InterestEditor.CopyWithNonce(interest, 5, copy);
            matched += InterestView.TryDecode(copy.AsSpan(1, length - 1), out _) == TlvStatus.Ok ? 1 : 0;
        }));
        Assert.Equal(1200, matched);
    }

    private static byte[] Wire(string file, string id) =>
        Vectors.Load(file).Single(vector => vector.Text("id") == id).Octets("wire");
}
