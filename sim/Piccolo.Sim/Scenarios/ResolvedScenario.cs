using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Piccolo.Sim.Reports;

namespace Piccolo.Sim.Scenarios;

/// <summary>Writes a scenario file with everything decided beside the results, so that the run can be repeated from them.</summary>
public static class ResolvedScenario
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes <c>scenario.json</c>: seed, end and parameters are those of the run, paths lead to the same files.</summary>
    /// <param name="scenario">A scenario that was read from a file; one made in C# is not written.</param>
    /// <param name="settings">What was decided.</param>
    /// <param name="parameters">The parameters that were given.</param>
    /// <param name="options">Where it goes.</param>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public static void Save(
        Scenario scenario, ScenarioSettings settings, IReadOnlyDictionary<string, string> parameters, ScenarioRunOptions options)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(options);
        if (scenario.Document is null || options.Folder is null)
        {
            return;
        }

        JsonObject root = JsonObject.Create(scenario.Document.Root)!;
        root.Remove("$schema");
        root["seed"] = settings.Seed;
        root["duration"] = JsonValue.Create($"{settings.DurationNs}ns");
        if (options.UntilNs is not null && settings.Expectations.Count == 0)
        {
            root.Remove("expect");
        }

        if (options.Threads is int threads)
        {
            root["threads"] = threads;
        }

        if (scenario.Parameters.Count > 0)
        {
            var values = new JsonObject();
            foreach ((string name, JsonElement value) in scenario.Merge(parameters))
            {
                values[name] = JsonValue.Create(value);
            }

            root["parameters"] = values;
        }

        Redirect(root, scenario.Document.Folder, Path.GetFullPath(options.Folder));
        byte[] text = Encoding.UTF8.GetBytes(root.ToJsonString(Options) + "\n");
        using var file = new OutputFile(Path.Combine(options.Folder, "scenario.json"));
        file.Write(text);
        file.EndRecord();
    }

    /// <summary>Lets relative names of files begin at another folder.</summary>
    private static void Redirect(JsonNode? node, string from, string to)
    {
        switch (node)
        {
            case JsonObject entries:
                foreach (string key in entries.Select(static entry => entry.Key).ToArray())
                {
                    string? moved = key is "file" or "reference" or "class" && entries[key] is JsonValue value
                        && value.TryGetValue(out string? text) ? Move(text, from, to) : null;
                    if (moved is not null)
                    {
                        entries[key] = moved;
                    }
                    else
                    {
                        Redirect(entries[key], from, to);
                    }
                }

                break;
            case JsonArray items:
                foreach (JsonNode? item in items)
                {
                    Redirect(item, from, to);
                }

                break;
            default:
                break;
        }
    }

    private static string? Move(string? text, string from, string to)
    {
        if (string.IsNullOrEmpty(text) || text[0] == '$' || Path.IsPathRooted(text))
        {
            return null;
        }

        int mark = text.IndexOf('!', StringComparison.Ordinal);
        string path = mark < 0 ? text : text[..mark];
        return Path.GetRelativePath(to, Path.Combine(from, path)) + (mark < 0 ? "" : text[mark..]);
    }
}
