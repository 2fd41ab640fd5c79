using System.Text.Json;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;
using Piccolo.TestKit;

namespace Piccolo.Ndn.Tests.Management;

/// <summary>The malformed management elements among the vectors, and the Sync Interests, which are ordinary packets.</summary>
public sealed class MalformedManagementVectorTests
{
    private const int ManagementVectorCount = 9;
    private const int SyncInterestCount = 4;

    [Fact]
    public void Every_malformed_management_vector_is_refused()
    {
        int count = 0;
        foreach (string kind in new[] { "control-parameters", "control-response", "face-status" })
        {
            foreach (JsonElement vector in Vectors.Load("malformed.json", kind))
            {
                count++;
                byte[] wire = vector.Octets("wire");
                TlvStatus status = kind switch
                {
                    "control-parameters" => ControlParameters.TryDecode(wire, out _),
                    "control-response" => ControlResponse.TryDecode(wire, out _),
                    _ => FaceStatus.TryDecode(wire, out _),
                };
                Assert.True(status != TlvStatus.Ok, $"{vector.GetProperty("id").GetString()} was accepted");
            }
        }

        Assert.Equal(ManagementVectorCount, count);
    }

    [Fact]
    public void Every_sync_interest_vector_is_an_interest()
    {
        int count = 0;
        foreach (JsonElement vector in Vectors.Load("svs.json"))
        {
            if (vector.Text("kind") is not ("sync-interest-v2" or "sync-interest-v3"))
            {
                continue;
            }

            count++;
            byte[] wire = vector.Octets("wire");
            Assert.Equal(TlvStatus.Ok, InterestView.TryDecode(wire, out InterestView view));
            Assert.True(view.HasApplicationParameters);
        }

        Assert.Equal(SyncInterestCount, count);
    }
}
