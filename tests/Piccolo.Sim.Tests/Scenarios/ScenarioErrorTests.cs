using System.Text;
using Piccolo.Ndn;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Scenarios;

namespace Piccolo.Sim.Tests.Scenarios;

/// <summary>Bad scenarios end in one sentence that begins with file and path.</summary>
public sealed class ScenarioErrorTests
{
    [Theory]
    [InlineData("\"rte\": 10", "", "$.applications[0].rte: there is no such key; did you mean 'rate'?")]
    [InlineData("\"rate\": \"fast\"", "", "$.applications[0].rate: the text 'fast' stands where a number must be")]
    [InlineData("\"rate\": -1", "", "$.applications[0].rate: -1 is out of range")]
    [InlineData("\"rate\": \"$rat\"", "\"parameters\": { \"rate\": 1 }",
        "$.applications[0].rate: there is no parameter 'rat'; did you mean")]
    [InlineData("\"rate\": 1, \"window\": {}", "", "$.applications[0].window: 'rate' is given too")]
    [InlineData("\"window\": { \"min\": 9, \"initial\": 3 }", "", "$.applications[0].window: a window from 9 over 3")]
    [InlineData("\"rate\": 1, \"lifetime\": \"1us\"", "", "$.applications[0].lifetime: an InterestLifetime is a whole number")]
    [InlineData("\"rate\": 1, \"start\": \"-1s\"", "", "$.applications[0].start: the time -1s is negative")]
    [InlineData("\"rate\": 1, \"stop\": 0", "", "$.applications[0].stop: it must come after start")]
    [InlineData("\"rate\": 1", "\"links\": [{ \"delay\": \"-1ms\" }]", "$.links[0].delay: the time -1ms is negative")]
    [InlineData("\"rate\": 1", "\"links\": [{ \"between\": [\"A\", \"C\"] }]", "$.links[0].between[1]: there is no node 'C'")]
    [InlineData("\"rate\": 1", "\"strategies\": [{ \"strategy\": \"best-rout\" }]",
        "$.strategies[0].strategy: there is no strategy 'best-rout'; did you mean 'best-route'?")]
    [InlineData("\"rate\": 1", "\"faults\": { \"links\": [{ \"link\": [\"A\", \"B\"], \"down\": 2, \"up\": 1 }] }",
        "$.faults.links[0].upNs: ")]
    [InlineData("\"rate\": 1", "\"expect\": [{ \"metric\": \"consumer.recieved\", \"min\": 1 }]",
        "$.expect[0].metric: there is no metric 'consumer.recieved'; did you mean 'consumer.received'?")]
    [InlineData("\"rate\": 1", "\"expect\": [{ \"metric\": \"C/cs.hits\", \"min\": 1 }]",
        "$.expect[0].metric: the metric 'C/cs.hits' is of node 'C'")]
    [InlineData("\"rate\": 1", "\"expect\": [{ \"metric\": \"cs.hits\" }]", "$.expect[0]: nothing is expected")]
    [InlineData("\"rate\": 1", "\"node\": { \"cpu\": { \"cores\": 0 } }", "$.node.cpu.cores: 0 is out of range")]
    [InlineData("\"rate\": 1", "\"node\": { \"cpu\": { \"packet\": 3601 } }", "$.node.cpu.packet: an hour is the longest")]
    [InlineData("\"rate\": 1", "\"nodes\": [{ \"on\": \"A\", \"cpu\": { \"verify\": \"9e8s\" } }]", "$.nodes[0].cpu.verify: an hour")]
    [InlineData("\"rate\": 1", "\"node\": { \"disk\": { \"flush\": 7200 } }", "$.node.disk.flush: an hour is the longest")]
    [InlineData("\"rate\": 1", "\"node\": { \"cpu\": { \"backlog\": 0 } }", "$.node.cpu.backlog: 0 is out of range")]
    [InlineData("\"rate\": 1", "\"node\": { \"pit\": 0 }", "$.node.pit: 0 is out of range")]
    [InlineData("\"rate\": 1", "\"node\": { \"fib\": -1 }", "$.node.fib: -1 is out of range")]
    [InlineData("\"rate\": 1", "\"node\": { \"contentStore\": { \"octets\": 0 } }", "$.node.contentStore.octets: a content")]
    [InlineData("\"rate\": 1", "\"node\": { \"contentStore\": { \"octets\": \"3PiB\" } }", "$.node.contentStore.octets: ")]
    [InlineData("\"rate\": 1", "\"figures\": [{ \"name\": \"../x\", \"series\": [] }]", "$.figures[0].name: it becomes a file's name")]
    [InlineData("\"rate\": 1", "\"duration\": 1", "$.duration: the key is given twice")]
    public void Wrong_scenario_is_refused_with_its_path(string consumer, string more, string message)
    {
        ScenarioException error = Assert.Throws<ScenarioException>(
            () => ScenarioFiles.Parse(ScenarioFiles.Pair(more, consumer)).Build().Dispose());
        Assert.Matches(@"^s\.json:\d+: \$", error.Message);
        string afterLine = error.Message[(error.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..];
        Assert.StartsWith(message, afterLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"duration\": ", "s.json:1: ")]
    [InlineData("{\n\"duration\": 1,\n\"x\" 2 }", "s.json:3: ")]
    [InlineData("[]", "s.json:1: $: an array stands where an object must be")]
    [InlineData("{}", "s.json:1: $: the key 'duration' is missing")]
    public void Broken_json_is_refused_with_its_line(string text, string message)
    {
        ScenarioException error = Assert.Throws<ScenarioException>(() => ScenarioFiles.Parse(text));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rate", "0", 9, "$.applications[1].rate: ")]
    [InlineData("node", "\"X\"", 8, "$.applications[1].on: ")]
    [InlineData("loss", "2", 4, "$.topology.links[0].")]
    [InlineData("at", "\"0.5s\"", 12, "$.faults.links[0].upNs: ")]
    public void Wrong_value_is_refused_with_its_line(string what, string value, int line, string message)
    {
        string text = """
            {
              "duration": 1, // a comment
              "topology": { "nodes": ["A", "B"],
                "links": [{ "between": ["A", "B"], "loss": {loss} }]
              },
              "applications": [
                { "kind": "producer", "on": "B", "prefix": "/p" },
                { "kind": "consumer", "on": {node},
                  "prefix": "/p", "rate": {rate} }
              ],
              "faults": { "links": [
                { "link": ["A", "B"], "down": {at}, "up": "0.2s" }] }
            }
            """;
        text = text.Replace($"{{{what}}}", value, StringComparison.Ordinal).Replace("{loss}", "0", StringComparison.Ordinal)
            .Replace("{node}", "\"A\"", StringComparison.Ordinal).Replace("{rate}", "1", StringComparison.Ordinal)
            .Replace("{at}", "\"0.1s\"", StringComparison.Ordinal);
        ScenarioException error = Assert.Throws<ScenarioException>(() => ScenarioFiles.Parse(text).Build().Dispose());
        Assert.StartsWith($"s.json:{line}: {message}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_json_is_refused()
    {
        string deep = "{ \"duration\": " + new string('[', 100_000) + " }";
        Assert.Throws<ScenarioException>(() => ScenarioFiles.Parse(deep));
    }

    [Fact]
    public void Missing_file_is_named()
    {
        ScenarioException error = Assert.Throws<ScenarioException>(() => Scenario.Load("nowhere.json"));
        Assert.StartsWith("nowhere.json: the scenario cannot be read", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ScenarioException>(() => ScenarioFiles.Parse(
            """{ "duration": 1, "topology": { "file": "no.txt" }, "applications": [] }""").Settle());
        Assert.StartsWith("s.json:1: $.topology.file: there is no file 'no.txt'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Consumer_without_a_producer_within_reach_is_refused()
    {
        const string Apart = """
            {
              "duration": 1, "topology": { "nodes": ["A", "B", "C"], "links": [{ "between": ["B", "C"] }] },
              "applications": [
                { "kind": "consumer", "on": "A", "prefix": "/p", "rate": 1 }, { "kind": "producer", "on": "B", "prefix": "PREFIX" }
              ]
            }
            """;
        string apart = Assert.Throws<ScenarioException>(
            () => ScenarioFiles.Parse(Apart.Replace("PREFIX", "/p", StringComparison.Ordinal)).Build()).Message;
        Assert.Contains("$.applications[0]: node 'A' asks for /p, and no links lead from it to any producer", apart,
            StringComparison.Ordinal);
        string nobody = Assert.Throws<ScenarioException>(
            () => ScenarioFiles.Parse(Apart.Replace("PREFIX", "/q", StringComparison.Ordinal)).Build()).Message;
        Assert.Contains("node 'A' asks for /p, which nobody serves", nobody, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_parameter_of_a_run_is_refused()
    {
        Scenario scenario = ScenarioFiles.Parse(ScenarioFiles.Pair("\"parameters\": { \"rate\": 1 }", "\"rate\": \"$rate\""));
        string message = Assert.Throws<ScenarioException>(
            () => scenario.Settle(null, new Dictionary<string, string> { ["rats"] = "2" })).Message;
        Assert.Equal("s.json:7: $.parameters: there is no parameter 'rats'; did you mean 'rate'?", message);
    }

    [Fact]
    public void Any_octets_are_a_scenario_or_a_refusal()
    {
        IRandomSource random = new RandomStreams(20).For("fuzz");
        int refused = 0;
        for (int round = 0; round < 1500; round++)
        {
            byte[] text = Encoding.UTF8.GetBytes(FullScenarios.All[round % FullScenarios.All.Count]);
            for (uint changes = 1 + random.NextBelow(4); changes > 0; changes--)
            {
                int at = (int)random.NextBelow((uint)text.Length);
                text[at] = random.NextBelow(3) == 0 ? (byte)random.NextBelow(256) : (byte)"{}[]\",:0129$-.e"[(int)random.NextBelow(15)];
            }

            try
            {
                _ = Scenario.Parse("s.json", text).Settle();
            }
            catch (ScenarioException error)
            {
                refused++;
                Assert.StartsWith("s.json", error.Message, StringComparison.Ordinal);
            }
        }

        Assert.True(refused > 700, $"only {refused} were refused");
    }
}
