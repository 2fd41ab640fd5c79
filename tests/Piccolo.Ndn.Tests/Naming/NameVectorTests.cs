using System.Text.Json;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;
using Piccolo.TestKit;

namespace Piccolo.Ndn.Tests.Naming;

/// <summary>Every vector of names.json, name-uri-bad.json and name-order.json.</summary>
public sealed class NameVectorTests
{
    [Fact]
    public void Names_are_read_and_written_as_in_the_vectors() =>
        Assert.Equal(54, Vectors.Check("names.json", CheckName));

    [Fact]
    public void Bad_uris_are_refused_and_the_message_quotes_them()
    {
        int count = Vectors.Check("name-uri-bad.json", vector =>
        {
            string uri = vector.Text("uri")!;
            Assert.False(Name.TryParse(uri, out Name name, out string error));
            Assert.Equal(Name.Root, name);
            Assert.Contains(uri, error, StringComparison.Ordinal);
            Assert.Equal(error, Assert.Throws<FormatException>(() => Name.Parse(uri)).Message);
        });
        Assert.Equal(19, count);
    }

    [Fact]
    public void Order_successors_and_prefixes_are_as_in_the_vectors()
    {
        int count = Vectors.Check("name-order.json", CheckSorted, "sorted-names");
        count += Vectors.Check("name-order.json", CheckSuccessors, "successor");
        count += Vectors.Check("name-order.json", CheckPrefixes, "is-prefix");
        Assert.Equal(3, count);
        Assert.Equal(3, Vectors.Load("name-order.json").Count);
    }

    /// <summary>A name in a vector's <c>expect</c>: checks every way to look at it.</summary>
    internal static void AssertName(JsonElement expected, NameView actual)
    {
        JsonElement[] components = [.. expected.GetProperty("components").EnumerateArray()];
        Assert.Equal(components.Length, actual.Count);
        Assert.Equal(expected.Octets("value"), actual.Value.ToArray());
        int index = 0;
        foreach (NameComponentView component in actual)
        {
            Assert.Equal(components[index].Number("type"), (ulong)component.Type);
            Assert.Equal(components[index].Octets("value"), component.Value.ToArray());
            Assert.True(actual[index].Equals(component));
            index++;
        }

        Assert.Equal(components.Length, index);
        Assert.Equal(expected.Text("uri"), actual.ToString());
    }

    private static void CheckName(JsonElement vector)
    {
        byte[] wire = vector.Octets("wire");
        Assert.Equal(TlvStatus.Ok, Name.TryDecode(wire, out Name? name));
        AssertName(vector, name!.View);
        Assert.Equal(wire, name.Encode());
        Assert.Equal(wire.Length, name.EncodedLength);
        Assert.Equal(vector.Text("uri"), name.ToString());

        // typedUri writes every type, 8= included, so it is read rather than compared.
        Assert.Equal(name, Name.Parse(vector.Text("typedUri")!));
        Assert.Equal(name, Name.Parse(name.ToCanonicalString()));
        bool roundTrips = !vector.TryGetProperty("uriRoundTrips", out JsonElement flag) || flag.GetBoolean();
        Assert.Equal(roundTrips, Name.Parse(vector.Text("uri")!) == name);
        foreach (JsonElement spelling in vector.GetProperty("parses").EnumerateArray())
        {
            Assert.Equal(name, Name.Parse(spelling.GetString()!));
        }
    }

    private static void CheckSorted(JsonElement vector)
    {
        Name[] names = [.. vector.GetProperty("names").EnumerateArray().Select(Decode)];
        Assert.Equal(39, names.Length);
        for (int i = 0; i < names.Length; i++)
        {
            for (int j = 0; j < names.Length; j++)
            {
                Assert.Equal(i.CompareTo(j), Math.Sign(names[i].CompareTo(names[j])));
                Assert.Equal(i.CompareTo(j), Math.Sign(names[i].View.CompareTo(names[j].View)));
                Assert.Equal(i.CompareTo(j), CompareByComponents(names[i], names[j]));
            }
        }
    }

    private static void CheckSuccessors(JsonElement vector)
    {
        foreach (JsonElement pair in vector.GetProperty("pairs").EnumerateArray())
        {
            Name name = Decode(pair);
            Assert.Equal(TlvStatus.Ok, Name.TryDecode(pair.Octets("successorWire"), out Name? expected));
            Name actual = name.Count == 0
                ? Name.Root.Append(NameComponent.ImplicitDigest(new byte[32]))
                : name.Prefix(-1).Append(name[^1].Successor!.Value);
            Assert.Equal(expected, actual);
        }
    }

    private static void CheckPrefixes(JsonElement vector)
    {
        foreach (JsonElement pair in vector.GetProperty("cases").EnumerateArray())
        {
            Name a = Name.Parse(pair.Text("a")!);
            Name b = Name.Parse(pair.Text("b")!);
            bool expected = pair.GetProperty("aIsPrefixOfB").GetBoolean();
            Assert.Equal(expected, a.IsPrefixOf(b));
            Assert.Equal(expected, a.View.IsPrefixOf(b.View));
        }
    }

    private static Name Decode(JsonElement element)
    {
        Assert.Equal(TlvStatus.Ok, Name.TryDecode(element.Octets("wire"), out Name? name));
        return name!;
    }

    internal static int CompareByComponents(Name left, Name right)
    {
        for (int i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            int order = left[i].CompareTo(right[i]);
            if (order != 0)
            {
                return Math.Sign(order);
            }
        }

        return left.Count.CompareTo(right.Count);
    }
}
