using System.Globalization;
using System.Text.Json;

namespace Piccolo.Sim.Scenarios.Shapes;

/// <summary>On which line of a scenario file each value stands; it is read again when the first one is needed.</summary>
internal sealed class ScenarioLines
{
    private readonly Lazy<Dictionary<string, int>> _lines;

    /// <summary>The lines of a text that was parsed before with the same options.</summary>
    public ScenarioLines(ReadOnlyMemory<byte> text, JsonReaderOptions options) => _lines = new(() => Find(text, options));

    /// <summary>The line of a path, or of what it is in, from 1 on.</summary>
    public int LineOf(string path)
    {
        ReadOnlySpan<char> rest = path;
        while (rest.Length > 0)
        {
            if (_lines.Value.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(rest, out int line))
            {
                return line;
            }

            rest = rest[..Math.Max(0, rest.LastIndexOfAny('.', '['))];
        }

        return 1;
    }

    /// <summary>A message that begins <c>FILE: $.path: </c>, with the line; null when it does not begin so.</summary>
    public string? Locate(string file, string message)
    {
        if (!message.StartsWith($"{file}: $", StringComparison.Ordinal))
        {
            return null;
        }

        string rest = message[(file.Length + 2)..];
        int end = rest.IndexOf(": ", StringComparison.Ordinal);
        return end < 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{file}:{LineOf(rest[..end])}: {rest}");
    }

    private static Dictionary<string, int> Find(ReadOnlyMemory<byte> text, JsonReaderOptions options)
    {
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var within = new Stack<(string Path, int Next)>();
        var reader = new Utf8JsonReader(text.Span, options);
        int line = 1;
        int counted = 0;
        string? key = null;
        while (reader.Read())
        {
            line += text.Span[counted..(int)reader.TokenStartIndex].Count((byte)'\n');
            counted = (int)reader.TokenStartIndex;
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                within.Pop();
                continue;
            }

            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                key = TextOf(ref reader);
                lines.TryAdd($"{within.Peek().Path}.{key}", line);
                continue;
            }

            string path = PathOf(within, key);
            key = null;
            lines.TryAdd(path, line);
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                within.Push((path, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
            }
        }

        return lines;
    }

    /// <summary>The path of a value; values of an array are counted.</summary>
    private static string PathOf(Stack<(string Path, int Next)> within, string? key)
    {
        if (within.Count == 0)
        {
            return "$";
        }

        (string path, int next) = within.Peek();
        if (next < 0)
        {
            return $"{path}.{key}";
        }

        within.Pop();
        within.Push((path, next + 1));
        return string.Create(CultureInfo.InvariantCulture, $"{path}[{next}]");
    }

    /// <summary>A key; half of a surrogate pair makes none, and no path that a message could name.</summary>
    private static string TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }
}
