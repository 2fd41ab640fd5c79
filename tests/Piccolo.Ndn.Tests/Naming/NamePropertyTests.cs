using FsCheck.Fluent;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Tests.Naming;

public sealed class NamePropertyTests
{
    [Fact]
    public void Name_survives_the_wire_and_the_canonical_uri() => Properties.Hold(
        NameGenerator.ArbitraryNames,
        name => Name.TryDecode(name.Encode(), out Name? decoded) == TlvStatus.Ok && decoded == name
            && decoded!.GetHashCode() == name.GetHashCode() && Name.Parse(name.ToCanonicalString()) == name
            && decoded.Count == name.Count);

    [Fact]
    public void Alternate_uri_loses_nothing_but_the_width_of_numbers() => Properties.Hold(
        NameGenerator.ArbitraryNames,
        name => Name.Parse(name.ToString()).ToString() == name.ToString());

    [Fact]
    public void Components_and_slices_put_together_are_the_name() => Properties.Hold(
        NameGenerator.ArbitraryNames,
        name =>
        {
            Name rebuilt = Name.Root;
            for (int i = 0; i < name.Count; i++)
            {
                rebuilt = rebuilt.Append(name[i]);
            }

            int middle = name.Count / 2;
            Name joined = name.Prefix(middle).Append(name.Slice(middle, name.Count - middle));
            return rebuilt == name && joined == name && name[..middle] == name.Prefix(middle);
        });

    [Fact]
    public void Octet_order_is_component_order_and_total() => Properties.Hold(
        NameGenerator.Pairs,
        pair =>
        {
            int order = Math.Sign(pair.Left.CompareTo(pair.Right));
            return order == NameVectorTests.CompareByComponents(pair.Left, pair.Right)
                && order == -Math.Sign(pair.Right.CompareTo(pair.Left))
                && (order == 0) == (pair.Left == pair.Right);
        },
        runs: 3000);

    [Fact]
    public void Order_is_transitive() => Properties.Hold(
        Arb.From(Gen.ArrayOf(NameGenerator.Names, 12)),
        names =>
        {
            Array.Sort(names);
            for (int i = 0; i < names.Length; i++)
            {
                for (int j = i; j < names.Length; j++)
                {
                    if (names[i].CompareTo(names[j]) > 0)
                    {
                        return false;
                    }
                }
            }

            return true;
        },
        runs: 100);

    [Fact]
    public void Prefix_by_octets_is_prefix_by_components() => Properties.Hold(
        NameGenerator.Pairs,
        pair => pair.Left.IsPrefixOf(pair.Right) ==
            (pair.Left.Count <= pair.Right.Count && pair.Right.Prefix(pair.Left.Count) == pair.Left),
        runs: 2000);

    [Fact]
    public void Successor_is_the_next_component_of_its_type() => Properties.Hold(
        Arb.From(NameGenerator.Components),
        component => component.Successor is not { } next
            || (next > component && next.Type == component.Type
                && new NameComponent(8, [.. component.Value.Span, 0]) is var longer
                && (component.Type != 8 || next.CompareTo(longer) <= 0)));

    [Fact]
    public void Digest_of_all_ones_has_no_successor()
    {
        byte[] ones = [.. Enumerable.Repeat((byte)0xFF, 32)];
        Assert.Null(NameComponent.ImplicitDigest(ones).Successor);
        Assert.NotNull(NameComponent.Generic(ones).Successor);
    }

    [Fact]
    public void Name_value_of_any_octets_never_throws_and_is_kept_when_accepted() => Properties.Hold(
        Arb.From(Properties.Octets(40)),
        octets => NameView.TryCreate(octets, out NameView view) != TlvStatus.Ok
            || (view.Value.SequenceEqual(octets) && view.ToName().Count == view.Count && view.ToName().View.Equals(view)),
        runs: 5000);

    [Fact]
    public void Uri_of_any_text_never_throws_and_what_is_accepted_prints_back() => Properties.Hold(
        Arb.From(Gen.ArrayOf(Gen.Elements(
            "/", "ndn:", "=", "%", "4", "1", "8", ".", "...", "seg", "v", "a", "é", "\ud83d", " ", "+", "0")).Select(string.Concat)),
        text => !Name.TryParse(text, out Name name, out string error)
            ? error.Length > 0
            : error.Length == 0 && Name.Parse(name.ToCanonicalString()) == name,
        runs: 5000);

    [Theory]
    [InlineData("A/B")]
    [InlineData("")]
    [InlineData("http:/A")]
    [InlineData("/8=a=b")]
    [InlineData("/a%4")]
    [InlineData("/a%")]
    public void Text_that_is_no_name_is_refused(string text) => Assert.False(Name.TryParse(text, out _, out _));

    [Fact]
    public void Half_of_a_surrogate_pair_is_refused() => Assert.False(Name.TryParse("/\ud83d", out _, out _));

    [Theory]
    [InlineData("//host/A", "/A")]
    [InlineData("ndn://host/A/B", "/A/B")]
    [InlineData("ndn://host", "/")]
    [InlineData("/a b+c", "/a%20b%2Bc")]
    [InlineData("/%41/%2e", "/A/....")]
    public void Unusual_spellings_are_read(string text, string expected)
    {
        if (text.EndsWith("%2e", StringComparison.Ordinal))
        {
            // An escaped period is a period: alone it makes the component of one period, which prints with three more.
            Assert.Equal(Name.Parse("/A").Append("."), Name.Parse(text));
        }

        Assert.Equal(expected, Name.Parse(text).ToString());
    }

    [Fact]
    public void Default_component_is_the_empty_generic_one()
    {
        Assert.Equal(NameComponent.Generic(""), default(NameComponent));
        Assert.Equal("...", default(NameComponent).ToString());
    }

    [Fact]
    public void Components_no_name_can_hold_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new NameComponent(0, "x"u8));
        Assert.Throws<ArgumentException>(() => NameComponent.ImplicitDigest(new byte[31]));
        Assert.Throws<ArgumentException>(() => NameComponent.ParametersDigest([]));
    }

    [Fact]
    public void Ranges_outside_a_name_throw()
    {
        Name name = Name.Parse("/a/b");
        Assert.Throws<ArgumentOutOfRangeException>(() => name[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => name[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => name.Prefix(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => name.Prefix(-3));
        Assert.Throws<ArgumentOutOfRangeException>(() => name.Slice(1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => name.View.PrefixLength(3));
    }

    [Fact]
    public void Component_changed_by_its_maker_stays_as_it_was()
    {
        byte[] octets = [1, 2];
        NameComponent component = new(8, octets);
        octets[0] = 9;
        Assert.Equal([1, 2], component.Value.ToArray());
    }
}
