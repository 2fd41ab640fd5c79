using System.Text;
using Piccolo.Sim.Scenarios;

namespace Piccolo.Sim.Tests.Scenarios;

/// <summary>Committed scenarios, and scenarios made on the spot.</summary>
internal static class ScenarioFiles
{
    /// <summary>sim/scenarios.</summary>
    public static string Folder { get; } = FindFolder();

    /// <summary>All committed scenarios.</summary>
    public static IReadOnlyList<string> All() =>
    [
        .. Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
            .Where(static file => !file.EndsWith("schema.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    /// <summary>A scenario out of a text.</summary>
    public static Scenario Parse(string json) => Scenario.Parse("s.json", Encoding.UTF8.GetBytes(json));

    /// <summary>Consumer, producer, a link, and more keys of the root.</summary>
    public static string Pair(string more = "", string consumer = "\"rate\": 10", string producer = "") => $$"""
        {
          "duration": "2s",
          "topology": { "nodes": ["A", "B"], "link": { "rate": "1Mbps", "delay": "10ms" }, "links": [{ "between": ["A", "B"] }] },
          "applications": [
            { "kind": "consumer", "on": "A", "prefix": "/p", {{consumer}} },
            { "kind": "producer", "on": "B", "prefix": "/p"{{(producer.Length > 0 ? ", " + producer : "")}} }
          ]{{(more.Length > 0 ? ", " + more : "")}}
        }
        """;

    private static string FindFolder()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string folder = Path.Combine(at.FullName, "sim", "scenarios");
            if (Directory.Exists(folder) && File.Exists(Path.Combine(at.FullName, "Directory.Packages.props")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("sim/scenarios is not above the tests");
    }
}
