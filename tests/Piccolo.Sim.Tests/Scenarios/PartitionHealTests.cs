using Piccolo.Sim.Scenarios;

namespace Piccolo.Sim.Tests.Scenarios;

/// <summary>A network falls apart and heals: what crosses the cut ends by its timeout, what does not is not disturbed.</summary>
public sealed class PartitionHealTests
{
    private const long Second = 1_000_000_000;

    private const string Faults = """
        "faults": { "partitions": [{ "groups": [["n0", "n1"], ["n2", "n3"]], "from": "1s", "heal": "3s" }] }
        """;

    /// <summary>Four nodes, 5 ms apart; n0 asks n3 and n1 every 50 ms. Answers from n3 take 30 ms.</summary>
    private static string Line(string consumer) => $$"""
        {
          "duration": "8s",
          "topology": { "generator": "line", "with": { "nodes": 4 }, "link": { "rate": "unlimited", "delay": "5ms" } },
          "node": { "contentStore": 0 },
          "applications": [
            { "kind": "consumer", "on": "n0", "as": "far", "prefix": "/far", "rate": 20, "lifetime": "500ms", {{consumer}} },
            { "kind": "consumer", "on": "n0", "as": "near", "prefix": "/near", "rate": 20, "retransmissions": 0 },
            { "kind": "producer", "on": "n3", "prefix": "/far" },
            { "kind": "producer", "on": "n1", "prefix": "/near" }
          ],
          {{Faults}}
        }
        """;

    [Fact]
    public void Traffic_over_the_cut_ends_by_timeouts_and_goes_on_when_it_heals()
    {
        const string Once = "\"retransmissions\": 0, \"timeout\": { \"initial\": \"500ms\", \"max\": \"500ms\" }";
        using ScenarioRun run = ScenarioFiles.Parse(Line(Once)).Build();

        // Those of 0, 50, ... 950 ms are answered when the cut comes, at 1 s.
        run.RunUntil(Second);
        Assert.Equal((20, 0), (run.Metrics["far.received"], run.Metrics["far.outstanding"]));
        run.RunUntil(3 * Second);
        Assert.Equal(20, run.Metrics["far.received"]);
        run.RunUntil(5 * Second);

        // Those of 1,000, 1,050, ... 2,950 ms, the last of which meets the cut 45 ms before it heals: none is answered, none
        // stays pending, and nothing else is lost.
        Assert.Equal(40, run.Metrics["far.failed"]);
        ScenarioResult end = run.Run();
        Assert.True(end.IsComplete);
        Assert.Equal((160, 40), (run.Metrics["far.requested"], run.Metrics["far.failed"]));
        Assert.InRange(run.Metrics["far.received"], 119, 120);
        Assert.Equal(0, run.Metrics["near.failed"]);
        Assert.InRange(run.Metrics["near.received"], 159, 160);
        Assert.Equal(40, run.Metrics["n1>n2/link.droppedDown"]);
        Assert.Equal(0, run.Metrics["n0>n1/link.droppedDown"] + run.Metrics["n3>n2/link.droppedDown"]);
    }

    [Fact]
    public void Retransmissions_bring_everything_over_once_the_cut_is_healed()
    {
        const string Retry = "\"stop\": \"4s\", \"retransmissions\": 20, \"timeout\": { \"initial\": \"300ms\", \"max\": \"500ms\" }";
        using ScenarioRun run = ScenarioFiles.Parse(Line(Retry)).Build();
        run.RunUntil(3 * Second);
        Assert.Equal(20, run.Metrics["far.received"]);
        run.RunUntil((4 * Second) - 1);

        // The longest wait of one that was lost last is 500 ms: all are over.
        Assert.Equal((80, 80, 0), (run.Metrics["far.requested"], run.Metrics["far.received"], run.Metrics["far.failed"]));
    }

    [Theory]
    [InlineData(1, "", 34, 6)]
    [InlineData(2, "", 0, 40)]
    [InlineData(1, "\"reroute\": \"100ms\",", 0, 2)]
    public void Failed_link_is_gone_around_by_the_second_next_hop_or_by_other_routes(
        int nextHops, string reroute, int failed, int retransmitted)
    {
        string ring = $$"""
            {
              "duration": "8s",
              "topology": { "generator": "ring", "with": { "nodes": 3 }, "link": { "rate": "unlimited", "delay": "5ms" } },
              "node": { "contentStore": 0 },
              "routes": { {{reroute}} "nextHops": {{nextHops}} },
              "applications": [
                { "kind": "consumer", "on": "n0", "prefix": "/p", "rate": 20, "lifetime": "2s", "retransmissions": 1,
                    "timeout": { "initial": "300ms", "min": "300ms", "max": "300ms" } },
                { "kind": "producer", "on": "n1", "prefix": "/p" }
              ],
              "faults": { "links": [{ "link": ["n0", "n1"], "down": "1s", "up": "3s" }] }
            }
            """;
        using ScenarioRun run = ScenarioFiles.Parse(ring).Build();
        run.RunUntil(7 * Second);

        // 40 are sent while the link is down. The best way is tried first; a retransmission takes the one that was not. Without another
        // way, those of the last 300 ms are sent again after the repair.
        Assert.Equal(failed, run.Metrics["consumer.failed"]);
        Assert.Equal(retransmitted + failed, run.Metrics["consumer.retransmitted"]);
        Assert.Equal(140 - failed, run.Metrics["consumer.received"] + run.Metrics["consumer.outstanding"]);
        Assert.Equal(failed > 0, run.Metrics["n2>n1/link.sent"] == 0);

        // Back on the short way after the repair, with routes made anew or not: nothing more goes the long way.
        double around = run.Metrics["n2>n1/link.sent"];
        double direct = run.Metrics["n1>n0/link.delivered"];
        run.RunUntil(8 * Second);
        Assert.Equal(around, run.Metrics["n2>n1/link.sent"]);
        Assert.InRange(run.Metrics["n1>n0/link.delivered"] - direct, 19, 21);
    }
}
