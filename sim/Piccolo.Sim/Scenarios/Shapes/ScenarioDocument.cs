using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Scenarios.Shapes;

/// <summary>A scenario file in memory: its JSON, and the values of its parameters.</summary>
/// <remarks>Bound: 16 MiB of text, 32 levels.</remarks>
internal sealed class ScenarioDocument
{
    private const int OctetsMax = 16 << 20;
    private const int DepthMax = 32;

    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = DepthMax,
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private static readonly JsonReaderOptions ReaderOptions = new()
    {
        MaxDepth = DepthMax,
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private ScenarioDocument(
        string file, ScenarioLines lines, JsonElement root, IReadOnlyDictionary<string, JsonElement> parameters)
    {
        File = file;
        Lines = lines;
        Root = root;
        Parameters = parameters;
    }

    /// <summary>How messages call it.</summary>
    public string File { get; }

    /// <summary>On which line what stands.</summary>
    public ScenarioLines Lines { get; }

    /// <summary>The whole of it.</summary>
    public JsonElement Root { get; }

    /// <summary>What placeholders stand for.</summary>
    public IReadOnlyDictionary<string, JsonElement> Parameters { get; }

    /// <summary>The folder that names of files in it begin at.</summary>
    public string Folder => Path.GetDirectoryName(Path.GetFullPath(File)) ?? ".";

    /// <summary>Reads a file.</summary>
    /// <exception cref="ScenarioException">It cannot be read or is no JSON.</exception>
    public static ScenarioDocument Read(string path)
    {
        try
        {
            var information = new FileInfo(path);
            if (information.Exists && information.Length > OctetsMax)
            {
                throw new ScenarioException($"{path}: {information.Length} octets are too many for a scenario ({OctetsMax} at most)");
            }

            return Parse(path, System.IO.File.ReadAllBytes(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ScenarioException($"{path}: the scenario cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Parses what is in memory.</summary>
    /// <exception cref="ScenarioException">It is no JSON.</exception>
    public static ScenarioDocument Parse(string file, ReadOnlyMemory<byte> octets)
    {
        if (octets.Length > OctetsMax)
        {
            throw new ScenarioException($"{file}: {octets.Length} octets are too many for a scenario ({OctetsMax} at most)");
        }

        if (!Utf8.IsValid(octets.Span))
        {
            throw new ScenarioException($"{file}: the scenario is no UTF-8 text");
        }

        ReadOnlyMemory<byte> text = octets.Span.StartsWith("\uFEFF"u8) ? octets[3..] : octets;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Options);
            return new ScenarioDocument(
                file,
                new ScenarioLines(text.ToArray(), ReaderOptions),
                document.RootElement.Clone(),
                new Dictionary<string, JsonElement>());
        }
        catch (JsonException error)
        {
            string reason = error.Message;
            int place = reason.IndexOf(" LineNumber:", StringComparison.Ordinal);
            reason = (place < 0 ? reason : reason[..place]).TrimEnd('.');
            throw new ScenarioException($"{file}:{(error.LineNumber ?? 0) + 1}: {reason}", error);
        }
    }

    /// <summary>The same document with other values of its parameters.</summary>
    public ScenarioDocument With(IReadOnlyDictionary<string, JsonElement> parameters) => new(File, Lines, Root, parameters);

    /// <summary>What a placeholder stands for; anything else is returned as it is.</summary>
    /// <exception cref="ScenarioException">There is no such parameter.</exception>
    public JsonElement Resolve(string path, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return element;
        }

        string text = Decode(path, element);
        if (text.Length < 2 || text[0] != '$' || text[1] is '$' or '{')
        {
            return element;
        }

        return Parameter(path, text[1..]);
    }

    /// <summary>A text with <c>${name}</c> replaced; <c>$$</c> at its beginning stands for one <c>$</c>.</summary>
    /// <exception cref="ScenarioException">There is no such parameter.</exception>
    public string Expand(string path, JsonElement element)
    {
        string text = Decode(path, element);
        if (!text.Contains('$', StringComparison.Ordinal))
        {
            return text;
        }

        text = text.StartsWith("$$", StringComparison.Ordinal) ? text[1..] : text;
        for (int at = text.IndexOf("${", StringComparison.Ordinal); at >= 0; at = text.IndexOf("${", at, StringComparison.Ordinal))
        {
            int end = text.IndexOf('}', at);
            if (end < 0)
            {
                throw Error(path, $"'{Quote.Clip(text)}' has no }} for its ${{");
            }

            string value = TextOf(Parameter(path, text[(at + 2)..end]));
            text = string.Concat(text.AsSpan(0, at), value, text.AsSpan(end + 1));
            at += value.Length;
        }

        return text;
    }

    /// <summary>The name of a key; half of a surrogate pair makes none.</summary>
    public string NameOf(string path, JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException error)
        {
            throw new ScenarioException($"{PlaceOf(path)}: a key is no Unicode: {error.Message}", error);
        }
    }

    public ScenarioException Error(string path, string reason) => new($"{PlaceOf(path)}: {reason}");

    /// <summary>How messages name a value: <c>FILE:LINE: $.path</c>.</summary>
    public string PlaceOf(string path) => string.Create(CultureInfo.InvariantCulture, $"{File}:{Lines.LineOf(path)}: {path}");

    internal static string TextOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private JsonElement Parameter(string path, string name) => Parameters.TryGetValue(name, out JsonElement value)
        ? value
        : throw Error(path,
            $"there is no parameter '{Quote.Clip(name)}'{NearWord.Suggest(name, Parameters.Keys.Order(StringComparer.Ordinal))}");

    private string Decode(string path, JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw new ScenarioException($"{PlaceOf(path)}: the text is no Unicode: {error.Message}", error);
        }
    }
}
