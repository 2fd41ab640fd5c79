using System.Text.Json;
using Piccolo.Sim.Measuring;
using Piccolo.Sim.Reports;
using Piccolo.Sim.Tests.Reports;

namespace Piccolo.Sim.Tests.Measuring;

public class RunSummaryTests
{
    private static readonly RunSummary Example = new()
    {
        Scenario = "grid \"3x3\"",
        Seed = ulong.MaxValue,
        VirtualNs = 20_000_000_500,
        EventCount = 1_234_567,
        Digest = 0xAB,
        NodeCount = 9,
        LinkCount = 12,
        ApplicationInterests = 2_000,
        ApplicationData = 1_999,
        ContentStoreHits = 1,
        ContentStoreMisses = 3,
        UtilisationMax = 0.123456,
        BusiestLink = "Node0 to Node1",
        Drops = [new SummaryCount("link queue full", 7)],
        Delay = new DelaySummary(1_999, 1, 86_000_000, 85_000_000, 90_000_000, 99_000_000, 99_500_000, 100_000_000),
        Traces = [new TraceSummary("rate-trace.txt", 10, 2)],
    };

    [Fact]
    public void Json_has_each_number_and_the_digest_in_hex()
    {
        using var folder = new TemporaryFolder();
        RunSummaryWriter.Save(Example, folder.File("summary.json"));
        string text = File.ReadAllText(folder.File("summary.json"));
        JsonElement json = JsonDocument.Parse(text).RootElement;

        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        Assert.Equal("grid \"3x3\"", json.GetProperty("scenario").GetString());
        Assert.Equal(ulong.MaxValue, json.GetProperty("seed").GetUInt64());
        Assert.Equal("00000000000000ab", json.GetProperty("digest").GetString());
        Assert.Equal(0.9995, json.GetProperty("applications").GetProperty("satisfactionRatio").GetDouble());
        Assert.Equal(99_000_000, json.GetProperty("applications").GetProperty("delay").GetProperty("p99Ns").GetInt64());
        Assert.Equal(0.25, json.GetProperty("forwarders").GetProperty("contentStoreHitRatio").GetDouble());
        Assert.Equal(7, json.GetProperty("drops").GetProperty("link queue full").GetInt64());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("calls").GetProperty("duration").ValueKind);
        Assert.Equal(2, json.GetProperty("traces")[0].GetProperty("leftOut").GetInt64());
    }

    [Fact]
    public void Lines_are_for_people()
    {
        IReadOnlyList<SummaryLine> lines = RunSummaryWriter.ToLines(Example);

        Assert.Contains(new SummaryLine("run", "seed", "18446744073709551615"), lines);
        Assert.Contains(new SummaryLine("run", "virtual time", "20.0000005 s"), lines);
        Assert.Contains(new SummaryLine("run", "events", "1 234 567"), lines);
        Assert.Contains(new SummaryLine("applications", "Data", "1 999 (99.95 %)"), lines);
        Assert.Contains(new SummaryLine("applications", "delay, 50/90/99 %", "85 ms / 90 ms / 99 ms"), lines);
        Assert.Contains(new SummaryLine("links", "utilisation, most", "12.35 % (Node0 to Node1)"), lines);
        Assert.Contains(new SummaryLine("drops", "link queue full", "7"), lines);
        Assert.Contains(new SummaryLine("files", "rate-trace.txt", "10 rows, 2 more left out"), lines);
        Assert.DoesNotContain(lines, line => line.Section == "calls");
    }

    [Fact]
    public void Summary_of_nothing_has_no_ratio_that_is_not_a_number()
    {
        var empty = new RunSummary();
        Assert.Equal((0, 0), (empty.SatisfactionRatio, empty.ContentStoreHitRatio));
        Assert.NotEmpty(RunSummaryWriter.ToLines(empty));
    }

    [Fact]
    public void Summary_that_cannot_be_written_names_its_file()
    {
        OutputException error = Assert.Throws<OutputException>(() => RunSummaryWriter.Save(Example, "/dev/full"));
        Assert.Equal("/dev/full", error.File);
    }
}
