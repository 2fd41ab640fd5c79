using System.CommandLine;

namespace Piccolo.Sim.Cli.Commands;

/// <summary>Options and arguments that several commands share, and how their values are read.</summary>
internal static class CommonOptions
{
    /// <summary>JSON instead of tables.</summary>
    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Print one JSON document for programs instead of a table for people.",
        Recursive = true,
    };

    /// <summary>Adds the options that every command takes.</summary>
    public static void AddTo(RootCommand root) => root.Options.Add(Json);

    /// <summary>The scenario file.</summary>
    public static Argument<string> File() => new("file") { Description = "The scenario: a JSON file." };

    /// <summary>The seed.</summary>
    public static Option<ulong?> Seed(string description = "The seed; the scenario's if absent.") =>
        new("--seed") { Description = description, HelpName = "N" };

    /// <summary>Values of parameters.</summary>
    public static Option<string[]> Set(string description) => new("--set")
    {
        Description = description,
        HelpName = "name=value",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Splits <c>name=value</c>.</summary>
    /// <exception cref="ScenarioException">There is no equals sign, or a name is given twice.</exception>
    public static Dictionary<string, string> Pairs(IReadOnlyList<string>? texts)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string text in texts ?? [])
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new ScenarioException($"--set takes name=value, not '{text}'");
            }

            if (!pairs.TryAdd(text[..equals], text[(equals + 1)..]))
            {
                throw new ScenarioException($"--set gives '{text[..equals]}' twice");
            }
        }

        return pairs;
    }
}
