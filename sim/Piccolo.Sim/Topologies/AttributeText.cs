using System.Globalization;

namespace Piccolo.Sim.Topologies;

/// <summary>An object as ns-3 writes it: <c>ns3::Class,Name=Value,Name=Value</c>.</summary>
internal sealed class AttributeText
{
    private readonly string _place;
    private readonly List<(string Name, string Value)> _attributes = [];
    private readonly List<string> _asked = [];

    private AttributeText(string place, string type)
    {
        _place = place;
        Type = type;
    }

    /// <summary>The class, without name space and template arguments.</summary>
    internal string Type { get; }

    internal static AttributeText Parse(string place, string text)
    {
        string[] parts = text.Split(',');
        string type = parts[0].StartsWith("ns3::", StringComparison.Ordinal) ? parts[0][5..] : parts[0];
        int template = type.IndexOf('<', StringComparison.Ordinal);
        AttributeText read = new(place, template < 0 ? type : type[..template]);
        foreach (string part in parts.AsSpan(1))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || equals == part.Length - 1)
            {
                throw new ScenarioException($"{place}: '{Quote.Clip(part)}' is no attribute; write Name=Value");
            }

            string name = part[..equals];
            if (read._attributes.Any(known => known.Name == name))
            {
                throw new ScenarioException($"{place}: attribute {Quote.Clip(name)} is given twice");
            }

            read._attributes.Add((name, part[(equals + 1)..]));
        }

        return read;
    }

    internal ScenarioException Error(string reason) => new($"{_place}: {reason}");

    internal string? Text(string name)
    {
        _asked.Add(name);
        foreach ((string known, string value) in _attributes)
        {
            if (known == name)
            {
                return value;
            }
        }

        return null;
    }

    internal double Number(string name, double otherwise)
    {
        string? text = Text(name);
        if (text is null)
        {
            return otherwise;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw Error($"{name}={Quote.Clip(text)} is no number");
    }

    internal long Whole(string name, long otherwise, long maximum)
    {
        string? text = Text(name);
        if (text is null)
        {
            return otherwise;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value <= maximum
            ? value
            : throw Error($"{name}={Quote.Clip(text)} is no whole number from 0 to {maximum}");
    }

    internal bool Flag(string name, bool otherwise) => Text(name) switch
    {
        null => otherwise,
        "true" or "1" => true,
        "false" or "0" => false,
        string text => throw Error($"{name}={Quote.Clip(text)} is neither true nor false"),
    };

    internal long Duration(string name, long otherwise)
    {
        string? text = Text(name);
        if (text is null)
        {
            return otherwise;
        }

        return UnitText.TryDelay(text, "", 3_600_000_000_000, out long delay, out string reason) ? delay : throw Error($"{name}: {reason}");
    }

    /// <summary>Refuses attributes that nobody asked for.</summary>
    internal void RequireAllKnown()
    {
        foreach ((string name, _) in _attributes)
        {
            if (!_asked.Contains(name))
            {
                throw Error($"{Quote.Clip(Type)} has no attribute '{Quote.Clip(name)}' here; it has {string.Join(", ", _asked)}");
            }
        }
    }
}
