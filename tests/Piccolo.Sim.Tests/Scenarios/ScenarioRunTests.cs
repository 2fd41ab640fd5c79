using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Scenarios;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Scenarios;

/// <summary>Scenarios run as they say.</summary>
public sealed class ScenarioRunTests
{
    [Fact]
    public void Parameters_replace_placeholders()
    {
        Scenario scenario = ScenarioFiles.Parse(ScenarioFiles.Pair(
            "\"parameters\": { \"rate\": 10, \"n\": \"p\" }", "\"rate\": \"$rate\"").Replace("\"/p\"", "\"/${n}/x\"",
                StringComparison.Ordinal));
        Assert.Equal(20, Metric(scenario, "consumer.requested", []));
        Assert.Equal(80, Metric(scenario, "consumer.requested", new() { ["rate"] = "40", ["n"] = "other" }));
    }

    [Fact]
    public void Scenario_in_csharp_runs_like_one_in_json()
    {
        var settings = new ScenarioSettings
        {
            DurationNs = 2_000_000_000,
            Topology = new Topology(
                [new TopologyNode("A"), new TopologyNode("B")],
                [new TopologyLink(0, 1, new LinkSettings { RateBps = 1_000_000, DelayNs = 10_000_000 })]),
            Applications =
            [
                new() { Node = 0, Make = () => new Consumer(new() { Prefix = Name.Parse("/p"),
                    Gap = Distribution.Constant(100_000_000) }) },
                new() { Node = 1, Make = () => new Producer(new() { Prefix = Name.Parse("/p") }), Serves = [Name.Parse("/p")] },
            ],
        };
        using ScenarioRun inCode = new Scenario(settings).Build();
        using ScenarioRun inJson = ScenarioFiles.Parse(ScenarioFiles.Pair()).Build();
        Assert.Equal(inJson.Run().Summary.Digest, inCode.Run().Summary.Digest);
    }

    [Fact]
    public void Missed_expectation_is_told()
    {
        Scenario scenario = ScenarioFiles.Parse(ScenarioFiles.Pair(
            "\"expect\": [{ \"metric\": \"A/consumer.received\", \"equals\": 20 }, "
            + "{ \"metric\": \"A/consumer.received\", \"equals\": 21, \"tolerance\": \"1%\" }]"));
        using ScenarioRun run = scenario.Build();
        ScenarioResult result = run.Run();
        Assert.Equal([true, false], result.Expectations.Select(one => one.IsMet));
        Assert.False(result.IsAsExpected);
    }

    [Fact]
    public void Restarted_node_has_its_routes_and_applications_again()
    {
        Scenario scenario = ScenarioFiles.Parse(ScenarioFiles.Pair(
            "\"faults\": { \"nodes\": [{ \"node\": \"B\", \"crash\": \"500ms\", \"restart\": \"700ms\" }] }",
            "\"rate\": 10, \"retransmissions\": 0"));
        using ScenarioRun run = scenario.Build();
        run.RunUntil(700_000_000);
        double before = run.Metrics["consumer.received"];
        run.Run();
        Assert.Equal(5, before);
        Assert.InRange(run.Metrics["consumer.received"] - before, 12, 13);
    }

    [Theory]
    [InlineData("true", 2)]
    [InlineData("false", 0)]
    public void Restarted_node_keeps_its_tables_only_if_told_so(string keepsState, int kept)
    {
        string faults = $"\"faults\": {{ \"nodes\": [{{ \"node\": \"B\", \"crash\": \"500ms\", \"restart\": \"700ms\", "
            + $"\"keepsState\": {keepsState} }}] }}";
        Scenario scenario = ScenarioFiles.Parse(ScenarioFiles.Pair(
            faults, "\"batches\": [{ \"at\": \"100ms\", \"count\": 2 }]", "\"freshness\": \"10s\""));
        using ScenarioRun run = scenario.Build();
        run.RunUntil(600_000_000);
        int before = run.Network.Nodes[1].Forwarder.ContentStoreEntryCount;
        run.Run();
        Assert.Equal(2, before);
        Assert.Equal(kept, run.Network.Nodes[1].Forwarder.ContentStoreEntryCount);
    }

    [Fact]
    public void Rerouting_goes_around_a_failed_link()
    {
        const string Ring = """
            {
              "duration": "4s",
              "topology": { "generator": "ring", "with": { "nodes": 4 } },
              "routes": { "reroute": "100ms" },
              "applications": [
                { "kind": "consumer", "on": "NODE0", "prefix": "/p", "rate": 20, "retransmissions": 0 },
                { "kind": "producer", "on": "NODE1", "prefix": "/p" }
              ],
              "faults": { "links": [{ "link": ["NODE0", "NODE1"], "down": "1s", "up": "3s" }] }
            }
            """;
        IReadOnlyList<TopologyNode> nodes = TopologyGenerator.Ring(4, new LinkSettings()).Nodes;
        string text = Ring.Replace("NODE0", nodes[0].Name, StringComparison.Ordinal).Replace("NODE1", nodes[1].Name,
            StringComparison.Ordinal);
        using ScenarioRun run = ScenarioFiles.Parse(text).Build();
        run.RunUntil(1_100_000_000);
        double before = run.Metrics["consumer.received"];
        run.RunUntil(3_000_000_000);
        Assert.InRange(run.Metrics["consumer.received"] - before, 35, 38);
        Assert.Equal(0, run.Metrics[$"{nodes[0].Name}/consumer.failed"] - run.Metrics["consumer.failed"]);
    }

    [Fact]
    public void Alternatives_give_a_node_several_next_hops()
    {
        const string Grid = """
            {
              "duration": "1s", "topology": { "generator": "grid" }, "routes": { "nextHops": 2 },
              "applications": [{ "kind": "producer", "on": "*", "prefix": "/{node}" }]
            }
            """;
        using ScenarioRun run = ScenarioFiles.Parse(Grid).Build();
        string far = run.Settings.Topology.Nodes[^1].Name;
        Assert.Equal(2, run.Network.Nodes[0].Forwarder.FindRoute(Name.Parse($"/{far}")).NextHops.Count);
    }

    [Fact]
    public void Own_class_runs_with_its_settings_and_metrics()
    {
        string assembly = typeof(OwnApplication).Assembly.Location.Replace("\\", "\\\\", StringComparison.Ordinal);
        string entry = $$"""
            { "kind": "class", "on": "A", "class": "{{assembly}}!{{typeof(OwnApplication).FullName}}", "settings": { "count": 4 },
                "as": "own" }
            """;
        Scenario scenario = ScenarioFiles.Parse(ScenarioFiles.Pair().Replace(
            "\"applications\": [", "\"applications\": [" + entry + ",", StringComparison.Ordinal));
        Assert.Equal(4, Metric(scenario, "own.ticks", []));
    }

    private static double Metric(Scenario scenario, string metric, Dictionary<string, string> parameters)
    {
        using ScenarioRun run = scenario.Build(null, parameters);
        run.Run();
        return run.Metrics[metric];
    }
}
