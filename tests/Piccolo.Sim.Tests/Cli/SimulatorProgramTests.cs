using System.Text.Json;
using Piccolo.Sim.Tests.Scenarios;

namespace Piccolo.Sim.Tests.Cli;

/// <summary>What the program prints, writes, and exits with.</summary>
public sealed class SimulatorProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pcl-sim-test").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Run_leaves_results_and_a_scenario_that_is_the_same_run()
    {
        string target = Path.Combine(_folder, "out");
        string file = Path.Combine(ScenarioFiles.Folder, "ndnsim", "tree.json");
        (int exit, string first, _) = await SimulatorProgram.RunAsync("run", file, "--out", target, "--seed", "9", "--json");
        Assert.Equal(0, exit);
        Assert.True(File.Exists(Path.Combine(target, "summary.json")));
        Assert.True(File.Exists(Path.Combine(target, "rates.svg")));
        (exit, string second, _) = await SimulatorProgram.RunAsync("run", Path.Combine(target, "scenario.json"), "--json");
        Assert.Equal(0, exit);
        Assert.Equal(Text(first, "digest"), Text(second, "digest"));
        (exit, string again, _) = await SimulatorProgram.RunAsync("replay", file, "--seed", "9", "--digest", Text(first, "digest"));
        Assert.Equal(0, exit);
        Assert.Contains("the same", again, StringComparison.Ordinal);
        (exit, _, _) = await SimulatorProgram.RunAsync("replay", file, "--seed", "9", "--digest", "1");
        Assert.Equal(1, exit);
    }

    [Fact]
    public async Task Missed_expectation_and_bad_scenario_exit_with_1_and_say_why()
    {
        string file = Write("""
            "expect": [{ "metric": "consumer.received", "min": 100, "because": "we wish so" }]
            """);
        (int exit, _, string error) = await SimulatorProgram.RunAsync("run", file);
        Assert.Equal(1, exit);
        Assert.Contains("$.expect[0]: consumer.received is 20, and must be at least 100 (we wish so)", error, StringComparison.Ordinal);
        (exit, _, error) = await SimulatorProgram.RunAsync("run", Write("\"sede\": 1"));
        Assert.Equal(1, exit);
        Assert.Contains("$.sede: there is no such key; did you mean 'seed'?", error, StringComparison.Ordinal);
        (exit, _, _) = await SimulatorProgram.RunAsync("run");
        Assert.Equal(2, exit);
    }

    [Fact]
    public async Task Crash_of_an_application_names_node_time_and_seed_and_the_line_that_replays_it()
    {
        string file = Write("", Failing());
        (int exit, _, string error) = await SimulatorProgram.RunAsync("run", file, "--seed", "5");
        Assert.Equal(1, exit);
        Assert.Contains("node 'A' at 0.500000000 s (seed 5): InvalidOperationException: out of luck", error, StringComparison.Ordinal);
        Assert.Contains($"pcl-sim replay {file} --seed 5", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweep_goes_on_after_a_crash_and_says_so()
    {
        const string Consumer = "\"rate\": \"$rate\", \"spacing\": \"poisson\"";
        string file = Write("\"parameters\": { \"at\": 500, \"rate\": 10 }", Failing("\"$at\""), Consumer);
        string target = Path.Combine(_folder, "sweep");
        (int exit, string table, string error) = await SimulatorProgram.RunAsync(
            "sweep", file, "--set", "at=500,900000", "--set", "rate=10,20", "--seeds", "1..3", "--jobs", "2", "--out", target);
        Assert.Equal(1, exit);
        Assert.Contains("6 of 12 runs failed", error, StringComparison.Ordinal);
        string[][] rows = [.. (await File.ReadAllLinesAsync(Path.Combine(target, "results.csv"))).Select(static row => row.Split(','))];
        Assert.Equal(13, rows.Length);
        Assert.Equal(["at", "rate", "seed", "error", "missed", "digest"], rows[0][..6]);
        int received = Array.IndexOf(rows[0], "consumer.received");
        string[][] means = [.. (await File.ReadAllLinesAsync(Path.Combine(target, "means.csv"))).Select(static row => row.Split(','))];
        foreach (string rate in new[] { "10", "20" })
        {
            for (int seed = 1; seed <= 3; seed++)
            {
                string[] failed = Assert.Single(rows, row => row[0] == "500" && row[1] == rate && row[2] == $"{seed}");
                string why = $"node 'A' at 0.500000000 s (seed {seed}): InvalidOperationException: out of luck";
                Assert.Equal(why, failed[3]);
                Assert.Equal("", failed[5] + failed[received]);
                Assert.Contains($"at=500 rate={rate} seed={seed}: {why}", error, StringComparison.Ordinal);
            }

            // The others are whole, and so is what is made of them.
            string[][] ended = [.. rows.Where(row => row[0] == "900000" && row[1] == rate)];
            Assert.Equal(["1", "2", "3"], ended.Select(static row => row[2]));
            Assert.All(ended, static row => Assert.Equal("", row[3]));
            Assert.Equal(3, ended.Select(static row => row[5]).Distinct().Count());
            double[] values = [.. ended.Select(row => Number(row[received]))];
            double mean = (values[0] + values[1] + values[2]) / 3;
            double halfWidth = 4.303 * Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / 2 / 3);
            Assert.InRange(mean, Number(rate), 4 * Number(rate));
            string[] row = Assert.Single(means, row => row[0] == "900000" && row[1] == rate && row[2] == "consumer.received");
            Assert.Equal("3", row[3]);
            Assert.Equal(mean, Number(row[4]), 1e-9);
            Assert.Equal(mean - halfWidth, Number(row[5]), 1e-9);
            Assert.Equal(mean + halfWidth, Number(row[6]), 1e-9);
            row = Assert.Single(means, row => row[0] == "500" && row[1] == rate && row[2] == "consumer.received");
            Assert.Equal(["0", "", "", ""], row[3..]);
        }

        Assert.Matches("900000 +20 +3 ", table);
        Assert.True(File.Exists(Path.Combine(target, "sweep-consumer.received.svg")));
    }

    [Fact]
    public async Task Topology_is_described_converted_and_drawn()
    {
        string drawing = Path.Combine(_folder, "t.svg");
        (int exit, string text, _) = await SimulatorProgram.RunAsync("topology", "grid", "width=4", "height=3", "--svg", drawing, "--json");
        Assert.Equal(0, exit);
        using JsonDocument facts = JsonDocument.Parse(text);
        Assert.Equal(12, facts.RootElement.GetProperty("nodes").GetInt32());
        Assert.Equal(17, facts.RootElement.GetProperty("links").GetInt32());
        Assert.Equal(5, facts.RootElement.GetProperty("diameter").GetInt32());
        Assert.True(File.Exists(drawing));
        (_, string dot, _) = await SimulatorProgram.RunAsync("topology", "line", "--convert", "dot");
        Assert.StartsWith("graph", dot, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Swarm_prints_the_line_that_replays_a_failure()
    {
        string file = Write("""
            "faults": { "links": [{ "link": ["A", "B"], "down": "1s" }] }
            """);
        (int exit, _, string error) = await SimulatorProgram.RunAsync("swarm", file, "--runs", "2", "--seed", "4");
        Assert.Equal(1, exit);
        Assert.Contains($"pcl-sim replay {file} --seed 4 --swarm 0", error, StringComparison.Ordinal);
        (exit, _, error) = await SimulatorProgram.RunAsync("replay", file, "--seed", "4", "--swarm", "0");
        Assert.Equal(1, exit);
        Assert.Contains("got nothing", error, StringComparison.Ordinal);
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(string json, string key)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty(key).GetString()!;
    }

    private static string Failing(string at = "500")
    {
        string assembly = typeof(FailingApplication).Assembly.Location.Replace("\\", "\\\\", StringComparison.Ordinal);
        return $$"""{ "kind": "class", "on": "A", "class": "{{assembly}}!{{typeof(FailingApplication).FullName}}", "settings": {{at}} },""";
    }

    private string Write(string more, string application = "", string consumer = "\"rate\": 10")
    {
        string file = Path.Combine(_folder, $"s{Directory.GetFiles(_folder).Length}.json");
        File.WriteAllText(file, ScenarioFiles.Pair(more, consumer).Replace(
            "\"applications\": [", "\"applications\": [" + application, StringComparison.Ordinal));
        return file;
    }
}
