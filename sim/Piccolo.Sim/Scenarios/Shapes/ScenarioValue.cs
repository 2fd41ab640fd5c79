using System.Globalization;
using System.Text.Json;
using Piccolo.Ndn.Naming;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Scenarios.Shapes;

/// <summary>A value of a scenario file, with its place for messages; placeholders are replaced already.</summary>
public readonly struct ScenarioValue
{
    private const long DurationMaxNs = 1_000_000_000L * 3600 * 24 * 366 * 100;
    private const int ListMax = 1_000_000;

    private readonly ScenarioDocument _document;
    private readonly JsonElement _element;

    internal ScenarioValue(ScenarioDocument document, string path, JsonElement element)
    {
        _document = document;
        Path = path;
        _element = document.Resolve(path, element);
    }

    /// <summary>Where it is: <c>$.applications[2].rate</c>.</summary>
    public string Path { get; }

    /// <summary>The JSON itself.</summary>
    public JsonElement Json => _element;

    /// <summary>What kind of JSON it is.</summary>
    public JsonValueKind Kind => _element.ValueKind;

    /// <summary>An error about it.</summary>
    /// <param name="reason">One sentence that names what is wrong and what would be right.</param>
    public ScenarioException Error(string reason) => _document.Error(Path, reason);

    /// <summary>Any text.</summary>
    public string Text() => Kind == JsonValueKind.String ? _document.Expand(Path, _element) : throw Unexpected("a text");

    /// <summary>True or false.</summary>
    public bool Flag() => Kind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Unexpected("true or false"),
    };

    /// <summary>A number within a range.</summary>
    public double Number(double minimum = double.MinValue, double maximum = double.MaxValue)
    {
        if (Kind != JsonValueKind.Number || !_element.TryGetDouble(out double value) || !double.IsFinite(value))
        {
            throw Unexpected("a number");
        }

        return value >= minimum && value <= maximum
            ? value
            : throw Error($"{_element.GetRawText()} is out of range; it must be {Range(minimum, maximum)}");
    }

    /// <summary>A whole number within a range.</summary>
    public long Whole(long minimum = 0, long maximum = int.MaxValue)
    {
        if (Kind != JsonValueKind.Number)
        {
            throw Unexpected("a whole number");
        }

        // A sweep may well write 1e3 or 100.0.
        bool isWhole = _element.TryGetInt64(out long value)
            || (_element.TryGetDecimal(out decimal number) && number == decimal.Truncate(number)
                && number is >= long.MinValue and <= long.MaxValue && (value = (long)number) == number);
        return isWhole && value >= minimum && value <= maximum
            ? value
            : throw Error($"{Quote.Clip(_element.GetRawText())} is out of range; it must be a whole number {Range(minimum, maximum)}");
    }

    /// <summary>A whole number without a sign, of 64 bits.</summary>
    public ulong Unsigned() => Kind == JsonValueKind.Number && _element.TryGetUInt64(out ulong value)
        ? value
        : throw Unexpected("a whole number from 0 to 18446744073709551615");

    /// <summary>A time in nanoseconds.</summary>
    public long Duration()
    {
        string text = Kind switch
        {
            JsonValueKind.Number => _element.GetRawText(),
            JsonValueKind.String => Text(),
            _ => throw Unexpected("a time like \"10ms\" or a number of seconds"),
        };
        return UnitText.TryDelay(text.Trim(), "s", DurationMaxNs, out long ns, out string reason)
            ? ns
            : throw Error(reason.Replace("delay", "time", StringComparison.Ordinal));
    }

    /// <summary>Bits a second; 0 means without limit.</summary>
    public long Rate()
    {
        string text = Kind switch
        {
            JsonValueKind.Number => _element.GetRawText(),
            JsonValueKind.String => Text(),
            _ => throw Unexpected("a rate like \"10Mbps\" or a number of bits a second"),
        };
        return UnitText.TryRate(text.Trim(), "bps", new TopologyLimits().RateBps, out long rate, out string reason)
            ? rate
            : throw Error(reason);
    }

    /// <summary>An amount of octets.</summary>
    public long Octets()
    {
        string text = Kind switch
        {
            JsonValueKind.Number => _element.GetRawText(),
            JsonValueKind.String => Text(),
            _ => throw Unexpected("an amount of octets like \"64KiB\" or a number"),
        };
        return OctetText.TryParse(text, out long octets, out string reason) ? octets : throw Error(reason);
    }

    /// <summary>One of a few words.</summary>
    public string Choice(IReadOnlyList<string> words)
    {
        string word = Kind == JsonValueKind.String ? Text() : throw Unexpected(string.Join(" or ", words));
        return words.Contains(word, StringComparer.Ordinal)
            ? word
            : throw Error($"there is no '{Quote.Clip(word)}' here{NearWord.Suggest(word, words)}");
    }

    /// <summary>An NDN name.</summary>
    public Name Name() => Parse(Text());

    /// <summary>An NDN name out of a text that something was replaced in.</summary>
    public Name Parse(string text) => Piccolo.Ndn.Naming.Name.TryParse(text, out Name name, out string reason)
        ? name
        : throw Error($"'{Quote.Clip(text)}' is no name: {reason}");

    /// <summary>The path of a file: what is relative begins at the scenario's folder.</summary>
    public string File()
    {
        string path = Text();
        string full = System.IO.Path.IsPathRooted(path) ? path : System.IO.Path.Combine(_document.Folder, path);
        return System.IO.File.Exists(full) ? full : throw Error($"there is no file '{Quote.Clip(path)}', looked for as {full}");
    }

    /// <summary>An object of a shape.</summary>
    public ScenarioObject Object(ObjectShape shape) => Kind == JsonValueKind.Object
        ? new ScenarioObject(_document, Path, _element, shape)
        : throw Unexpected("an object");

    /// <summary>The items of an array.</summary>
    public IReadOnlyList<ScenarioValue> Items()
    {
        if (Kind != JsonValueKind.Array)
        {
            throw Unexpected("an array");
        }

        if (_element.GetArrayLength() > ListMax)
        {
            throw Error($"{_element.GetArrayLength()} items are too many; {ListMax} are the most");
        }

        var items = new List<ScenarioValue>(_element.GetArrayLength());
        foreach (JsonElement item in _element.EnumerateArray())
        {
            items.Add(new ScenarioValue(
                _document, string.Create(CultureInfo.InvariantCulture, $"{Path}[{items.Count}]"), item));
        }

        return items;
    }

    /// <summary>The items of an array, or the value itself where it is none.</summary>
    public IReadOnlyList<ScenarioValue> ItemsOrSelf() => Kind == JsonValueKind.Array ? Items() : [this];

    /// <summary>The entries of an object whose keys the author chose, in the order of the file.</summary>
    public IReadOnlyList<(string Key, ScenarioValue Value)> Entries()
    {
        if (Kind != JsonValueKind.Object)
        {
            throw Unexpected("an object");
        }

        var entries = new List<(string, ScenarioValue)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty property in _element.EnumerateObject())
        {
            string name = _document.NameOf(Path, property);
            if (!seen.Add(name))
            {
                throw Error($"the key '{Quote.Clip(name)}' is given twice");
            }

            entries.Add((name, new ScenarioValue(_document, $"{Path}.{Quote.Clip(name)}", property.Value)));
        }

        return entries;
    }

    internal ScenarioException Unexpected(string wanted) => Error($"{Describe()} stands where {wanted} must be");

    private static string Range(double minimum, double maximum)
    {
        string low = minimum.ToString("R", CultureInfo.InvariantCulture);
        string high = maximum.ToString("R", CultureInfo.InvariantCulture);
        return minimum <= double.MinValue ? $"at most {high}" : maximum >= double.MaxValue ? $"at least {low}" : $"from {low} to {high}";
    }

    private string Describe() => Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => $"the text '{Quote.Clip(_document.Expand(Path, _element))}'",
        JsonValueKind.Undefined => "nothing",
        _ => Quote.Clip(_element.GetRawText()),
    };
}
