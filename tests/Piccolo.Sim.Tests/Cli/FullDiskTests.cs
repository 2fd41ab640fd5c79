using Piccolo.Sim.Cli.Sweeps;
using Piccolo.Sim.Reports;
using Piccolo.Sim.Tests.Reports;
using Piccolo.Sim.Tests.Scenarios;

namespace Piccolo.Sim.Tests.Cli;

/// <summary>Results that do not fit on the disk: the program stops, says why, and what was written is there in whole rows.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const string NoSpace = "cannot be written: No space left on device";

    private static readonly string Tree = Path.Combine(ScenarioFiles.Folder, "ndnsim", "tree.json");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TinyDiskFact]
    public async Task Run_stops_when_its_disk_is_full_and_keeps_whole_rows()
    {
        string disk = _folder.File("disk");
        string copy = _folder.File("copy");
        Directory.CreateDirectory(disk);
        (int exit, string text, string error) = await SimulatorProgram.RunAsync("unshare", TinyDiskFactAttribute.Shell(
            100,
            "dotnet \"$2\" run \"$3\" --out \"$1\"; code=$?; cp -r \"$1\" \"$4\"; exit $code",
            disk, SimulatorProgram.Assembly, Tree, copy));

        Assert.True(exit == 1, $"{exit}: {text}{error}");
        Assert.Matches($"^pcl-sim: {disk}/[a-z-]+-trace.txt: {NoSpace}\n", error);
        Assert.Contains($"What was written before is kept in {disk}.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        string rows = await File.ReadAllTextAsync(Path.Combine(copy, "app-delays-trace.txt"));
        Assert.InRange(rows.Length, 30_000, 100 << 10);
        AssertWholeRows(rows);
        Assert.Contains("\"seed\"", await File.ReadAllTextAsync(Path.Combine(copy, "scenario.json")), StringComparison.Ordinal);
    }

    [FullDeviceFact]
    public async Task Run_whose_one_trace_cannot_be_written_keeps_the_others()
    {
        File.CreateSymbolicLink(_folder.File("rate-trace.txt"), "/dev/full");
        (int exit, _, string error) = await SimulatorProgram.RunAsync("run", Tree, "--out", _folder.Path);
        Assert.Equal(1, exit);
        Assert.StartsWith($"pcl-sim: {_folder.File("rate-trace.txt")}: {NoSpace}\n", error, StringComparison.Ordinal);
        foreach (string file in new[] { "app-delays-trace.txt", "cs-trace.txt", "scenario.json" })
        {
            Assert.True(new FileInfo(_folder.File(file)).Length > 100, $"{file} is empty");
        }

        AssertWholeRows(await File.ReadAllTextAsync(_folder.File("cs-trace.txt")));
    }

    [FullDeviceFact]
    public async Task Sweep_whose_results_do_not_fit_says_so()
    {
        File.CreateSymbolicLink(_folder.File("results.csv"), "/dev/full");
        string scenario = _folder.File("s.json", ScenarioFiles.Pair().Replace("\"2s\"", "\"100ms\"", StringComparison.Ordinal));
        (int exit, _, string error) = await SimulatorProgram.RunAsync("sweep", scenario, "--seeds", "1..3", "--out", _folder.Path);
        Assert.Equal(1, exit);
        Assert.EndsWith($"pcl-sim: {_folder.File("results.csv")}: {NoSpace}\n", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Sweep_whose_disk_fills_up_between_its_runs_ends_with_that_error(int jobs)
    {
        var sweep = new Sweep(ScenarioFiles.Parse(ScenarioFiles.Pair()), [], SweepAxis.ParseSeeds("1..50"));
        using var file = new OutputFile("results.csv", new FullDisk(500));
        int ended = 0;
        OutputException error = Assert.Throws<OutputException>(
            () => sweep.Run(jobs, new Rows(file), _ => Interlocked.Increment(ref ended), CancellationToken.None));
        Assert.Equal("results.csv", error.File);
        Assert.InRange(ended, 5, 49);
    }

    [FullDeviceFact]
    public async Task Drawing_that_does_not_fit_is_named()
    {
        (int exit, _, string error) = await SimulatorProgram.RunAsync("topology", "line", "--svg", "/dev/full");
        Assert.Equal((1, $"pcl-sim: /dev/full: {NoSpace}"), (exit, error.Trim()));
    }

    /// <summary>A hundred octets a row, each on the disk at once.</summary>
    private sealed class Rows(OutputFile file) : IRowSink
    {
        public void Append(ReadOnlySpan<MetricValue> row)
        {
            file.Write(new byte[100]);
            file.EndRecord();
            file.Flush();
        }
    }

    private static void AssertWholeRows(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        string[] rows = text.TrimEnd('\n').Split('\n');
        Assert.All(rows, row => Assert.Equal(rows[0].Count(letter => letter == '\t'), row.Count(letter => letter == '\t')));
        Assert.True(rows.Length > 5, $"{rows.Length} rows are too few");
    }
}
