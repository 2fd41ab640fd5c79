using System.Text.Json;
using Piccolo.Client.Sync;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;
using Piccolo.TestKit;

namespace Piccolo.Client.Tests.Sync;

public sealed class StateVectorTests
{
    [Theory]
    [InlineData("state-vector-v2", StateVectorVersion.V2, 4)]
    [InlineData("state-vector-v3", StateVectorVersion.V3, 4)]
    public void State_vectors_are_read_and_written_as_in_the_vectors(string kind, StateVectorVersion version, int expectedCount)
    {
        IReadOnlyList<JsonElement> vectors = Vectors.Load("svs.json", kind);
        Assert.Equal(expectedCount, vectors.Count);
        foreach (JsonElement vector in vectors)
        {
            List<StateVectorEntry> expected = [];
            foreach (JsonElement entry in vector.GetProperty("entries").EnumerateArray())
            {
                expected.Add(new StateVectorEntry(
                    Name.Parse(entry.Text("name")!), entry.Number("bootstrapTime") ?? 0, entry.Number("seq")!.Value));
            }

            byte[] wire = vector.Octets("wire");
            Assert.Equal(TlvStatus.Ok, StateVector.TryDecode(wire, version, out IReadOnlyList<StateVectorEntry> entries));
            Assert.Equal(expected, entries);
            Assert.Equal(wire, StateVector.Encode(expected, version));
        }
    }

    [Fact]
    public void Every_malformed_state_vector_is_refused_in_both_versions()
    {
        IReadOnlyList<JsonElement> vectors = Vectors.Load("malformed.json", "state-vector");
        Assert.Equal(3, vectors.Count);
        foreach (JsonElement vector in vectors)
        {
            byte[] wire = vector.Octets("wire");
            Assert.NotEqual(TlvStatus.Ok, StateVector.TryDecode(wire, StateVectorVersion.V2, out _));
            Assert.NotEqual(TlvStatus.Ok, StateVector.TryDecode(wire, StateVectorVersion.V3, out _));
        }
    }
}
