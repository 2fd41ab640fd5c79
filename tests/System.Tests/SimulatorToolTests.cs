using System.Text.Json;

namespace Piccolo.SystemTests;

/// <summary>The simulator as a .NET tool: packed, installed from the folder, and run as its user would.</summary>
/// <remarks>
/// Everything that it is packed from was restored when the solution was built, and the only source is the local folder: no network.
/// </remarks>
public sealed class SimulatorToolTests : IDisposable
{
    private const string Scenario = """
        {
          "duration": "1s",
          "topology": { "generator": "line", "with": { "nodes": 3 } },
          "applications": [
            { "kind": "consumer", "on": "n0", "prefix": "/p", "rate": 10 },
            { "kind": "producer", "on": "n2", "prefix": "/p" }
          ],
          "expect": [{ "metric": "consumer.received", "equals": 10 }]
        }
        """;

    /// <summary>No process of the build outlives it: one that did would hold the pipes of its output open.</summary>
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("pcl-sim-tool").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Simulator_is_packed_installed_from_the_folder_and_runs_a_scenario()
    {
        string packages = Path.Combine(_folder, "packages");
        string tools = Path.Combine(_folder, "tools");
        (await Programs.RunAsync(
            "dotnet",
            ["pack", "sim/pcl-sim", "-o", packages, "-v", "quiet", "-p:UseSharedCompilation=false", "-p:NuGetAudit=false"],
            Environment)).MustSucceed();
        string package = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(packages)));
        Assert.StartsWith("Piccolo.Sim.Tool.", package, StringComparison.Ordinal);
        string version = package["Piccolo.Sim.Tool.".Length..];

        string sources = Write("nuget.config", $"""
            <configuration><packageSources><clear/><add key="here" value="{packages}"/></packageSources></configuration>
            """);
        (await Programs.RunAsync(
            "dotnet", ["tool", "install", "Piccolo.Sim.Tool", "--tool-path", tools, "--configfile", sources], Environment)).MustSucceed();

        string program = Path.Combine(tools, "pcl-sim");
        Assert.StartsWith(version, (await Programs.RunAsync(program, ["--version"])).MustSucceed().Text, StringComparison.Ordinal);
        string output = Path.Combine(_folder, "out");
        ProgramResult run = await Programs.RunAsync(program, ["run", Write("s.json", Scenario), "--out", output, "--json"]);
        JsonElement report = run.MustSucceed().Json;
        Assert.True(report.GetProperty("isAsExpected").GetBoolean());
        Assert.True(File.Exists(Path.Combine(output, "summary.json")));
        Assert.Contains("\"$defs\"", (await Programs.RunAsync(program, ["schema"])).MustSucceed().Text, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
