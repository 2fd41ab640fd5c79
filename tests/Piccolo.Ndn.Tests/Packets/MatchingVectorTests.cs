using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;
using Piccolo.TestKit;

namespace Piccolo.Ndn.Tests.Packets;

/// <summary>Every vector of matching.json, by each way to ask.</summary>
public sealed class MatchingVectorTests
{
    [Fact]
    public void Data_matches_interests_as_in_the_vectors()
    {
        int count = Vectors.Check("matching.json", vector =>
        {
            bool expected = vector.GetProperty("matches").GetBoolean();
            Assert.Equal(TlvStatus.Ok, InterestView.TryDecode(vector.Octets("interest"), out InterestView interest));
            Assert.Equal(TlvStatus.Ok, DataView.TryDecode(vector.Octets("data"), out DataView data));
            Assert.Equal(expected, PacketMatcher.Matches(interest, data));
            byte[] digest = new byte[32];
            data.WriteImplicitDigest(digest);
            Assert.Equal(expected, PacketMatcher.Matches(interest.Name, interest.CanBePrefix, data.Name, digest));
            Assert.Equal(TlvStatus.Ok, Interest.TryDecode(interest.Packet, out Interest? asked));
            Assert.Equal(TlvStatus.Ok, Data.TryDecode(data.Packet, out Data? answer));
            Assert.Equal(expected, asked!.Matches(answer!));
        });
        Assert.Equal(13, count);
    }
}
