namespace Piccolo.Sim.Scenarios.Shapes;

/// <summary>What may stand behind a key of a scenario; readers, the JSON Schema and the list of keys all follow from it.</summary>
public sealed record ValueShape
{
    private ValueShape(ValueKind kind) => Kind = kind;

    /// <summary>What the value is.</summary>
    public ValueKind Kind { get; }

    /// <summary>The least number, where it is one.</summary>
    public double Minimum { get; private init; } = double.MinValue;

    /// <summary>The largest number, where it is one.</summary>
    public double Maximum { get; private init; } = double.MaxValue;

    /// <summary>The words of a choice.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>The object's keys.</summary>
    public ObjectShape? Shape { get; private init; }

    /// <summary>What a list or map holds; the alternatives of an <see cref="ValueKind.Either"/>.</summary>
    public IReadOnlyList<ValueShape> Items { get; private init; } = [];

    /// <summary>Any text.</summary>
    public static ValueShape Text { get; } = new(ValueKind.Text);

    /// <summary>True or false.</summary>
    public static ValueShape Flag { get; } = new(ValueKind.Flag);

    /// <summary>A time.</summary>
    public static ValueShape Duration { get; } = new(ValueKind.Duration);

    /// <summary>Bits a second.</summary>
    public static ValueShape Rate { get; } = new(ValueKind.Rate);

    /// <summary>An amount of octets.</summary>
    public static ValueShape Octets { get; } = new(ValueKind.Octets);

    /// <summary>Any JSON.</summary>
    public static ValueShape Any { get; } = new(ValueKind.Any);

    /// <summary>A text, or several.</summary>
    public static ValueShape Texts { get; } = Either(Text, List(Text));

    /// <summary>A probability.</summary>
    public static ValueShape Share { get; } = Number(0, 1);

    /// <summary>A whole number.</summary>
    public static ValueShape Whole(long minimum = 0, long maximum = int.MaxValue) =>
        new(ValueKind.Whole) { Minimum = minimum, Maximum = maximum };

    /// <summary>A number.</summary>
    public static ValueShape Number(double minimum = double.MinValue, double maximum = double.MaxValue) =>
        new(ValueKind.Number) { Minimum = minimum, Maximum = maximum };

    /// <summary>One of a few words.</summary>
    public static ValueShape Choice(params IReadOnlyList<string> words) => new(ValueKind.Choice) { Words = words };

    /// <summary>An object.</summary>
    public static ValueShape Object(ObjectShape shape) => new(ValueKind.Object) { Shape = shape };

    /// <summary>An array.</summary>
    public static ValueShape List(ValueShape item) => new(ValueKind.List) { Items = [item] };

    /// <summary>An object whose keys the author chooses.</summary>
    public static ValueShape Map(ValueShape value) => new(ValueKind.Map) { Items = [value] };

    /// <summary>One of several.</summary>
    public static ValueShape Either(params IReadOnlyList<ValueShape> alternatives) => new(ValueKind.Either) { Items = alternatives };
}
