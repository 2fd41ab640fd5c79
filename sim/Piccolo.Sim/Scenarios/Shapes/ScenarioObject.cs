using System.Text.Json;
using Piccolo.Ndn.Naming;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Scenarios.Shapes;

/// <summary>An object of a scenario file, read by its shape.</summary>
/// <remarks>Whatever the octets: each wrong key or value ends in a <see cref="ScenarioException"/> that begins <c>FILE:
/// $.path</c>.</remarks>
public sealed class ScenarioObject
{
    private readonly ScenarioDocument _document;
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);

    internal ScenarioObject(ScenarioDocument document, string path, JsonElement element, ObjectShape shape)
    {
        _document = document;
        Path = path;
        Shape = shape;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            string name = document.NameOf(path, property);
            if (shape.Find(name) is null)
            {
                string hint = NearWord.Suggest(name, shape.Keys.Select(key => key.Name));
                throw document.Error(Inside(Quote.Clip(name)), $"there is no such key{hint}");
            }

            if (!_values.TryAdd(name, property.Value))
            {
                throw document.Error(Inside(name), "the key is given twice");
            }
        }

        foreach (KeyShape key in shape.Keys)
        {
            if (key.IsRequired && !Has(key.Name))
            {
                throw Error($"the key '{key.Name}' is missing: {key.Summary}");
            }
        }
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Its keys.</summary>
    public ObjectShape Shape { get; }

    /// <summary>The folder that names of files begin at.</summary>
    public string Folder => _document.Folder;

    /// <summary>Its place as messages begin: <c>FILE:LINE: $.path</c>.</summary>
    public string Place => _document.PlaceOf(Path);

    /// <summary>An error about the object.</summary>
    public ScenarioException Error(string reason) => _document.Error(Path, reason);

    /// <summary>An error about one of its keys.</summary>
    public ScenarioException Error(string key, string reason) => _document.Error(Inside(key), reason);

    /// <summary>Whether a key is there; null counts as not.</summary>
    public bool Has(string key)
    {
        _ = ShapeOf(key);
        return _values.TryGetValue(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null;
    }

    /// <summary>A value that is there.</summary>
    /// <exception cref="ScenarioException">It is not.</exception>
    public ScenarioValue this[string key] => Has(key)
        ? new ScenarioValue(_document, Inside(key), _values[key])
        : throw Error($"the key '{key}' is missing: {ShapeOf(key).Summary}");

    /// <summary>A text, or what holds without.</summary>
    public string Text(string key, string otherwise = "") => Has(key) ? this[key].Text() : otherwise;

    /// <summary>A flag, or what holds without.</summary>
    public bool Flag(string key, bool otherwise = false) => Has(key) ? this[key].Flag() : otherwise;

    /// <summary>A whole number within the shape's range, or what holds without.</summary>
    public long Whole(string key, long otherwise)
    {
        ValueShape shape = RangeOf(key, ValueKind.Whole);
        return Has(key) ? this[key].Whole((long)shape.Minimum,
            shape.Maximum >= long.MaxValue ? long.MaxValue : (long)shape.Maximum) : otherwise;
    }

    /// <summary>A number within the shape's range, or what holds without.</summary>
    public double Number(string key, double otherwise)
    {
        ValueShape shape = RangeOf(key, ValueKind.Number);
        return Has(key) ? this[key].Number(shape.Minimum, shape.Maximum) : otherwise;
    }

    /// <summary>A time in nanoseconds, or what holds without.</summary>
    public long Duration(string key, long otherwiseNs) => Has(key) ? this[key].Duration() : otherwiseNs;

    /// <summary>Bits a second, or what holds without.</summary>
    public long Rate(string key, long otherwiseBps) => Has(key) ? this[key].Rate() : otherwiseBps;

    /// <summary>An amount of octets that fits, or what holds without.</summary>
    public long Octets(string key, long otherwise, long maximum = long.MaxValue)
    {
        if (!Has(key))
        {
            return otherwise;
        }

        long octets = this[key].Octets();
        return octets <= maximum ? octets : throw Error(key, $"{octets} octets are too many; {maximum} are the most");
    }

    /// <summary>One of the shape's words, or what holds without.</summary>
    public string Choice(string key, string otherwise) =>
        Has(key) ? this[key].Choice(RangeOf(key, ValueKind.Choice).Words) : otherwise;

    /// <summary>A name, or null.</summary>
    public Name? Name(string key) => Has(key) ? this[key].Name() : null;

    /// <summary>An object of the key's shape, or null.</summary>
    public ScenarioObject? Object(string key) => Has(key) ? this[key].Object(RangeOf(key, ValueKind.Object).Shape!) : null;

    /// <summary>The items of an array; none where it is absent.</summary>
    public IReadOnlyList<ScenarioValue> Items(string key) => Has(key) ? this[key].Items() : [];

    /// <summary>The objects of an array; none where it is absent.</summary>
    public IReadOnlyList<ScenarioObject> Objects(string key)
    {
        ObjectShape shape = RangeOf(key, ValueKind.List).Items[0].Shape!;
        return [.. Items(key).Select(item => item.Object(shape))];
    }

    /// <summary>A text or several.</summary>
    public IReadOnlyList<string> Texts(string key) => Has(key) ? [.. this[key].ItemsOrSelf().Select(item => item.Text())] : [];

    internal string Inside(string key) => $"{Path}.{key}";

    private KeyShape ShapeOf(string key) =>
        Shape.Find(key) ?? throw new ArgumentException($"the shape '{Shape.Name}' has no key '{key}'", nameof(key));

    private ValueShape RangeOf(string key, ValueKind kind)
    {
        ValueShape shape = ShapeOf(key).Value;
        if (shape.Kind == kind)
        {
            return shape;
        }

        foreach (ValueShape alternative in shape.Items)
        {
            if (shape.Kind == ValueKind.Either && alternative.Kind == kind)
            {
                return alternative;
            }
        }

        throw new ArgumentException($"the key '{key}' of '{Shape.Name}' is no {kind}", nameof(key));
    }
}
