using System.Text.Json;
using Piccolo.Sim.Scenarios.Reading;
using Piccolo.Sim.Scenarios.Shapes;

namespace Piccolo.Sim.Scenarios;

/// <summary>What is simulated: read from a JSON file, or put together in C#.</summary>
/// <remarks>A file may have parameters, so that one scenario stands for many runs; each <see cref="Build"/> decides them.</remarks>
public sealed class Scenario
{
    private readonly ScenarioDocument? _document;
    private readonly ScenarioSettings? _settings;

    /// <summary>A scenario made in C#.</summary>
    public Scenario(ScenarioSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        Parameters = new Dictionary<string, JsonElement>();
    }

    private Scenario(ScenarioDocument document)
    {
        Parameters = ScenarioReader.ReadParameters(document);
        _document = document;
    }

    /// <summary>The file's parameters and what they are if nobody says otherwise.</summary>
    public IReadOnlyDictionary<string, JsonElement> Parameters { get; }

    /// <summary>The file, as it was given; empty for a scenario made in C#.</summary>
    public string File => _document?.File ?? "";

    /// <summary>The JSON Schema of scenario files.</summary>
    public static string Schema => SchemaWriter.Write(ScenarioReader.Shape, ApplicationKinds.All);

    /// <summary>All keys of scenario files as Markdown.</summary>
    public static string Keys => KeyListWriter.Write(ScenarioReader.Shape, ApplicationKinds.All);

    internal ScenarioDocument? Document => _document;

    /// <summary>Reads a scenario file.</summary>
    /// <exception cref="ScenarioException">It cannot be read, or is not one.</exception>
    public static Scenario Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new Scenario(ScenarioDocument.Read(path));
    }

    /// <summary>Reads a scenario that is in memory.</summary>
    /// <param name="file">How messages call it, and where names of files in it begin.</param>
    /// <param name="json">Its text, in UTF-8.</param>
    /// <exception cref="ScenarioException">It is not one.</exception>
    public static Scenario Parse(string file, ReadOnlyMemory<byte> json)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new Scenario(ScenarioDocument.Parse(file, json));
    }

    /// <summary>Everything decided for one run.</summary>
    /// <param name="seed">The seed; null takes the scenario's.</param>
    /// <param name="parameters">Values of parameters, as texts; those not given keep theirs.</param>
    /// <param name="untilNs">The end of the run in nanoseconds; null takes the scenario's.</param>
    /// <exception cref="ScenarioException">A key or value is wrong; the message says which and what would be right.</exception>
    public ScenarioSettings Settle(ulong? seed = null, IReadOnlyDictionary<string, string>? parameters = null, long? untilNs = null)
    {
        if (_settings is not null)
        {
            return parameters is null or { Count: 0 }
                ? _settings with
                {
                    Seed = seed ?? _settings.Seed,
                    DurationNs = untilNs ?? _settings.DurationNs,
                    Expectations = untilNs is null || untilNs == _settings.DurationNs ? _settings.Expectations : [],
                }
                : throw new ScenarioException($"the scenario '{_settings.Name}' was made in C# and has no parameters");
        }

        return ScenarioReader.Read(_document!.With(Merge(parameters)), seed, untilNs);
    }

    /// <summary>Makes a run.</summary>
    /// <param name="seed">The seed; null takes the scenario's.</param>
    /// <param name="parameters">Values of parameters, as texts; those not given keep theirs.</param>
    /// <param name="options">Where results go, and what else is not part of the scenario.</param>
    /// <exception cref="ScenarioException">The scenario is wrong, or cannot be.</exception>
    public ScenarioRun Build(
        ulong? seed = null, IReadOnlyDictionary<string, string>? parameters = null, ScenarioRunOptions? options = null)
    {
        options ??= new ScenarioRunOptions();
        ScenarioSettings settings = Settle(seed, parameters, options.UntilNs);
        return new ScenarioRun(settings, options);
    }

    /// <summary>The values of all parameters.</summary>
    /// <exception cref="ScenarioException">A parameter is unknown.</exception>
    internal Dictionary<string, JsonElement> Merge(IReadOnlyDictionary<string, string>? given)
    {
        var merged = new Dictionary<string, JsonElement>(Parameters, StringComparer.Ordinal);
        foreach ((string name, string text) in given ?? new Dictionary<string, string>())
        {
            if (!merged.ContainsKey(name))
            {
                string hint = merged.Count == 0
                    ? "; it has none"
                    : NearWord.Suggest(name, merged.Keys.Order(StringComparer.Ordinal));
                throw _document is null
                    ? new ScenarioException($"there is no parameter '{name}'{hint}")
                    : _document.Error("$.parameters", $"there is no parameter '{name}'{hint}");
            }

            merged[name] = ValueOf(text);
        }

        return merged;
    }

    /// <summary>What a text of a command line is: a number, true, false, or a text.</summary>
    private static JsonElement ValueOf(string text)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(text);
            if (parsed.RootElement.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            {
                return parsed.RootElement.Clone();
            }
        }
        catch (JsonException)
        {
            // A bare word: "10ms", "multicast".
        }

        return JsonSerializer.SerializeToElement(text);
    }
}
