using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;
using Piccolo.TestKit;

namespace Piccolo.Ndn.Tests.Packets;

/// <summary>The vectors of malformed.json that are Interests, Data and names.</summary>
public sealed partial class MalformedVectorTests
{
    private const string File = "malformed.json";

    /// <summary>Kinds of malformed.json with the test class that covers each, and how many there are.</summary>
    private static readonly Dictionary<string, (string Owner, int Count)> Kinds = new()
    {
        ["interest"] = (nameof(MalformedVectorTests), 65),
        ["data"] = (nameof(MalformedVectorTests), 34),
        ["name"] = (nameof(MalformedVectorTests), 7),
        ["lp"] = ("Link/LpVectorTests", 21),
        ["control-parameters"] = ("Management/MalformedManagementVectorTests", 5),
        ["control-response"] = ("Management/MalformedManagementVectorTests", 3),
        ["face-status"] = ("Management/MalformedManagementVectorTests", 1),
        ["state-vector"] = ("Piccolo.Client.Tests/Sync/StateVectorTests", 3),
    };

    [Fact]
    public void Every_kind_has_an_owner_and_the_count_it_expects()
    {
        Dictionary<string, int> found = Vectors.Load(File).CountBy(vector => vector.Text("kind")!).ToDictionary();
        Assert.Equal(139, found.Values.Sum());
        Assert.Equal(Kinds.ToDictionary(kind => kind.Key, kind => kind.Value.Count), found);
    }

    [Fact]
    public void Malformed_interests_are_refused_for_the_rule_they_break() => CheckAll("interest", wire =>
    {
        TlvStatus status = InterestView.TryDecode(wire, out InterestView view);
        Assert.True(view.Packet.IsEmpty);
        Assert.Equal(status, Interest.TryDecode(wire, out Interest? interest));
        Assert.Null(interest);
        return status;
    });

    [Fact]
    public void Malformed_data_is_refused_for_the_rule_it_breaks() => CheckAll("data", wire =>
    {
        TlvStatus status = DataView.TryDecode(wire, out DataView view);
        Assert.True(view.Packet.IsEmpty);
        Assert.Equal(status, Data.TryDecode(wire, out Data? data));
        Assert.Null(data);
        return status;
    });

    [Fact]
    public void Malformed_names_are_refused_for_the_rule_they_break() => CheckAll("name", wire =>
    {
        TlvStatus status = Name.TryDecode(wire, out Name? name);
        Assert.Null(name);
        return status;
    });

    private static void CheckAll(string kind, Func<byte[], TlvStatus> decode)
    {
        List<string> wrong = [];
        int count = Vectors.Check(
            File,
            vector =>
            {
                string id = vector.Text("id")!;
                TlvStatus status = decode(vector.Octets("wire"));
                if (status == TlvStatus.Ok || !Expected.TryGetValue(id, out TlvStatus expected) || status != expected)
                {
                    wrong.Add($"{id}: {status} ({vector.Text("reason")})");
                }
            },
            kind);
        Assert.Equal(Kinds[kind].Count, count);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
