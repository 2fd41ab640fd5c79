using FsCheck;
using FsCheck.Fluent;
using Piccolo.Compute.Values;
using Piccolo.Sdk.Functions;
using Piccolo.Sdk.Values;

namespace Piccolo.Sdk.Tests.Values;

public sealed class ValueMapperTests
{
    private enum Colour
    {
        Red,
        DarkGreen,
    }

    [Flags]
    private enum Sides
    {
        None = 0,
        Left = 1,
        Right = 2,
    }

    private sealed record Point(int X, int Y);

    private sealed record Shape(string Name, List<Point> Corners, Colour Colour = Colour.DarkGreen, Point? Centre = null);

    private sealed record Mixed(int First)
    {
        public int Second { get; init; }

        public int Third { get; set; }
    }

    private sealed class Plain
    {
        public string? Text { get; set; }

        public Dictionary<string, Point> Places { get; set; } = [];
    }

    private struct Bare
    {
        public int Number { get; set; }
    }

    private sealed class Even
    {
        public Even(int number) => Number = number % 2 == 0 ? number : throw new ArgumentException($"{number} is odd");

        public int Number { get; }
    }

    private sealed class Loop
    {
        public Loop Self => this;
    }

    [Fact]
    public void Records_travel_as_maps_and_come_back()
    {
        var shape = new Shape("triangle", [new Point(0, 0), new Point(1, 0), new Point(0, -1)], Colour.Red, new Point(5, 6));
        var map = Assert.IsType<Dictionary<string, object?>>(ValueMapper.FromClr(shape));
        Assert.Equal("triangle", map["name"]);
        Assert.Equal("Red", map["colour"]);
        var corner = Assert.IsType<Dictionary<string, object?>>(Assert.IsType<List<object?>>(map["corners"])[2]);
        Assert.Equal(-1L, corner["y"]);

        var back = (Shape)RoundTrip(shape, typeof(Shape))!;
        Assert.Equal(shape.Name, back.Name);
        Assert.Equal(shape.Corners, back.Corners);
        Assert.Equal(shape.Centre, back.Centre);
        Assert.Equal(shape.Colour, back.Colour);
    }

    [Fact]
    public void What_a_map_leaves_out_is_the_default_of_the_record_or_an_error_that_names_it()
    {
        Dictionary<string, object?> map = new() { ["name"] = "point", ["corners"] = new List<object?>() };
        var shape = (Shape)ValueMapper.ToClr(map, typeof(Shape), "shape")!;
        Assert.Equal(Colour.DarkGreen, shape.Colour);
        Assert.Null(shape.Centre);

        map.Remove("corners");
        Refuses(map, typeof(Shape), "shape.corners", "missing");
    }

    [Fact]
    public void Errors_name_the_place_inside_of_a_nested_value()
    {
        Dictionary<string, object?> map = new()
        {
            ["name"] = "line",
            ["corners"] = new List<object?> { Map(("x", 1L), ("y", 2L)), Map(("x", 1L), ("y", "two")) },
        };
        Refuses(map, typeof(Shape), "shape.corners[1].y", "integer");
    }

    [Fact]
    public void Properties_beside_the_constructor_are_set()
    {
        var mixed = (Mixed)ValueMapper.ToClr(Map(("first", 1L), ("second", 2L), ("third", 3L)), typeof(Mixed), "m")!;
        Assert.Equal((1, 2, 3), (mixed.First, mixed.Second, mixed.Third));

        Dictionary<string, object?> place = Map(("home", Map(("x", 1L), ("y", 2L))));
        var plain = (Plain)ValueMapper.ToClr(Map(("text", "t"), ("places", place), ("unknown", 1L)), typeof(Plain), "p")!;
        Assert.Equal("t", plain.Text);
        Assert.Equal(new Point(1, 2), plain.Places["home"]);
        Assert.Equal(7, ((Bare)ValueMapper.ToClr(Map(("number", 7L)), typeof(Bare), "b")!).Number);
    }

    [Fact]
    public void A_type_that_refuses_what_it_is_given_says_why()
    {
        Assert.Equal(4, ((Even)ValueMapper.ToClr(Map(("number", 4L)), typeof(Even), "n")!).Number);
        Refuses(Map(("number", 5L)), typeof(Even), "n", "5 is odd");
    }

    [Fact]
    public void Enums_travel_by_name()
    {
        Assert.Equal("DarkGreen", ValueMapper.FromClr(Colour.DarkGreen));
        Assert.Equal(Colour.DarkGreen, ValueMapper.ToClr("darkgreen", typeof(Colour), "c"));
        Assert.Equal(Sides.Left | Sides.Right, RoundTrip(Sides.Left | Sides.Right, typeof(Sides)));
        Refuses("Blue", typeof(Colour), "c", "Red, DarkGreen");
        Refuses("1", typeof(Colour), "c", "'1'");
        Refuses("99", typeof(Colour), "c", "'99'");
        Refuses(1L, typeof(Colour), "c", "1");
    }

    [Fact]
    public void Lists_of_every_form_come_back()
    {
        int[] numbers = [1, 2, 3];
        foreach (Type type in new[]
        {
            typeof(int[]), typeof(List<int>), typeof(IList<int>), typeof(IEnumerable<int>), typeof(IReadOnlyList<int>),
            typeof(IReadOnlyCollection<int>),
        })
        {
            object made = RoundTrip(numbers, type)!;
            Assert.IsAssignableFrom(type, made);
            Assert.Equal(numbers, (IEnumerable<int>)made);
        }

        Assert.Equal([["a"], []], (string[][])RoundTrip(new List<List<string>> { new() { "a" }, new() }, typeof(string[][]))!);
        Assert.Equal(new List<object?> { 1L, 2L }, ValueMapper.FromClr(new HashSet<int> { 1, 2 }));
    }

    [Fact]
    public void Maps_of_every_form_come_back()
    {
        var numbers = new Dictionary<string, int> { ["one"] = 1, ["two"] = 2 };
        foreach (Type type in new[]
        {
            typeof(Dictionary<string, int>), typeof(IDictionary<string, int>), typeof(IReadOnlyDictionary<string, int>),
        })
        {
            object made = RoundTrip(numbers, type)!;
            Assert.IsAssignableFrom(type, made);
            Assert.Equal(numbers, (IEnumerable<KeyValuePair<string, int>>)made);
        }

        Refuses(Map(("one", 1L), ("two", 3_000_000_000L)), typeof(Dictionary<string, int>), "m.two", "3000000000");
    }

    [Fact]
    public void Octets_come_back_as_each_type_of_octets()
    {
        byte[] octets = [1, 2, 255];
        Assert.Equal(octets, RoundTrip(octets, typeof(byte[])));
        Assert.Equal(octets, ((ReadOnlyMemory<byte>)RoundTrip(octets.AsMemory(), typeof(ReadOnlyMemory<byte>))!).ToArray());
        Assert.Equal(octets, ((Memory<byte>)RoundTrip((ReadOnlyMemory<byte>)octets, typeof(Memory<byte>))!).ToArray());
        Refuses("text", typeof(byte[]), "o", "octets");
        Refuses(new List<object?> { 1L }, typeof(ReadOnlyMemory<byte>), "o", "octets");
        Refuses(octets, typeof(string), "t", "text");
        Refuses(octets, typeof(int[]), "l", "list");
    }

    [Theory]
    [InlineData(typeof(byte), 255L, 256L)]
    [InlineData(typeof(byte), 0L, -1L)]
    [InlineData(typeof(sbyte), -128L, -129L)]
    [InlineData(typeof(short), 32767L, 32768L)]
    [InlineData(typeof(ushort), 65535L, 65536L)]
    [InlineData(typeof(int), -2147483648L, -2147483649L)]
    [InlineData(typeof(uint), 4294967295L, 4294967296L)]
    [InlineData(typeof(ulong), 9223372036854775807L, -1L)]
    public void Integers_fit_or_are_refused(Type type, long fits, long overflows)
    {
        Assert.Equal(fits, Convert.ToInt64(ValueMapper.ToClr(fits, type, "n"), System.Globalization.CultureInfo.InvariantCulture));
        Refuses(overflows, type, "n", $"{overflows}");
    }

    [Fact]
    public void Numbers_are_not_made_of_anything_else()
    {
        Assert.Equal(2.0, ValueMapper.ToClr(2L, typeof(double), "n"));
        Assert.Equal(1.5f, ValueMapper.ToClr(1.5, typeof(float), "n"));
        Assert.Equal(ulong.MaxValue, ValueMapper.ToClr(ulong.MaxValue, typeof(ulong), "n"));
        Refuses(ulong.MaxValue, typeof(long), "n", "18446744073709551615");
        Refuses(1.5, typeof(int), "n", "integer");
        Refuses("12", typeof(int), "n", "integer");
        Refuses(true, typeof(int), "n", "integer");
        Refuses(1L, typeof(bool), "n", "true or false");
        Refuses(1L, typeof(string), "n", "text");
    }

    [Fact]
    public void Nothing_fits_only_what_can_be_nothing()
    {
        Assert.Null(ValueMapper.ToClr(null, typeof(int?), "n"));
        Assert.Null(ValueMapper.ToClr(null, typeof(string), "n"));
        Assert.Equal(5, ValueMapper.ToClr(5L, typeof(int?), "n"));
        Refuses(null, typeof(int), "n", "nothing");
    }

    [Fact]
    public void A_value_that_is_too_deep_or_goes_in_circles_is_refused()
    {
        object deep = 1L;
        for (int i = 0; i < 32; i++)
        {
            deep = new List<object?> { deep };
        }

        Assert.NotNull(ValueMapper.FromClr(deep));
        var error = Assert.Throws<ArgumentException>(() => ValueMapper.FromClr(new List<object?> { deep }));
        Assert.Contains("32", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ValueMapper.FromClr(new Loop()));
    }

    [Fact]
    public void What_is_no_data_is_refused_by_name()
    {
        foreach (object source in new object[] { Guid.Empty, DateTime.UnixEpoch, TimeSpan.Zero, 1.0m, 'c', new object(), new Uri("urn:y") })
        {
            var error = Assert.Throws<ArgumentException>(() => ValueMapper.FromClr(source));
            Assert.Contains(source.GetType().ToString(), error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_shape_of_any_content_comes_back()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<(string?, int, long)[]>(), items =>
        {
            var shapes = items.Select(item => new Dictionary<string, object?>
            {
                ["text"] = item.Item1 is null ? null : Clean(item.Item1),
                ["point"] = new Point(item.Item2, ~item.Item2),
                ["long"] = item.Item3,
            }).ToList();
            var back = (List<Dictionary<string, object?>>)RoundTrip(shapes, typeof(List<Dictionary<string, object?>>))!;
            return back.Count == shapes.Count && back.Zip(shapes).All(pair =>
                Equals(pair.First["text"], pair.Second["text"])
                && Equals(pair.First["long"], pair.Second["long"])
                && Equals(ValueMapper.ToClr(pair.First["point"], typeof(Point), "p"), pair.Second["point"]));
        }).Check(Config.QuickThrowOnFailure.WithReplay(11, 13));
    }

    /// <summary>Text that UTF-8 can carry: FsCheck makes lone surrogates.</summary>
    private static string Clean(string text) => string.Concat(text.Where(letter => !char.IsSurrogate(letter)));

    private static Dictionary<string, object?> Map(params (string Key, object? Value)[] entries) =>
        entries.ToDictionary(entry => entry.Key, entry => entry.Value);

    /// <summary>Through the octets that travel.</summary>
    private static object? RoundTrip(object? source, Type type)
    {
        byte[] cbor = ValueCodec.Encode(ValueMapper.FromClr(source));
        Assert.True(ValueCodec.TryDecode(cbor, ValueLimits.Default, out object? value, out string error), error);
        return ValueMapper.ToClr(value, type, "value");
    }

    private static void Refuses(object? value, Type type, string argument, string said)
    {
        var error = Assert.Throws<FunctionArgumentException>(() => ValueMapper.ToClr(value, type, argument.Split('.', '[')[0]));
        Assert.Equal(argument, error.Argument);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }
}
