namespace Piccolo.Sim.Tests.Scenarios;

/// <summary>Scenarios that together use every key there is; a key that only a file or an assembly can show is left to other
/// tests.</summary>
internal static class FullScenarios
{
    private const string Link = """
        "rate": "2Mbps", "delay": "3ms", "metric": 2,
        "queue": {
          "kind": "red", "packets": 50, "octets": "64KiB", "minThreshold": 4, "maxThreshold": 12, "maxProbability": 0.1, "weight": 0.01,
          "gentle": false, "wait": false, "meanPacket": 1000, "target": "4ms", "interval": "90ms", "minOctets": 1600
        },
        "loss": { "kind": "gilbertElliott", "rate": 0.5, "goodToBad": 0.01, "badToGood": 0.5, "lossGood": 0.001, "lossBad": 0.9 },
        "corruption": 0.001, "duplication": 0.002, "reorder": { "rate": 0.01, "delay": "5ms" }, "mtu": 1400
        """;

    private const string Node = """
        "contentStore": { "packets": 10, "octets": "1MiB" }, "pit": 1000, "fib": 500,
        "disk": { "latency": "1ms", "flush": "2ms", "octetsPerSecond": "10MiB", "capacity": "1MiB", "torn": "prefix" },
        "cpu": { "cores": 2, "packet": "1us", "sign": "50us", "verify": "30us", "fuel": 1000000, "backlog": 100 },
        "clock": { "ahead": "1ms", "driftPpm": 20 }, "congestionMarking": true
        """;

    private const string Applications = """
        "applications": [
          {
            "kind": "consumer", "on": ["A", "C*"], "as": "reader", "start": "10ms", "stop": "900ms", "prefix": "/p", "rate": 20,
            "spacing": "poisson", "popularity": { "contents": 10, "q": 0.5, "s": 1 }, "count": 15, "first": 1, "lifetime": "1s",
            "mustBeFresh": true, "retransmissions": 3, "timeout": { "initial": "1s", "min": "300ms", "max": "5s" }, "verify": "hmac"
          },
          { "kind": "consumer", "on": "A", "prefix": "/p", "window": { "algorithm": "aimd", "initial": 2, "min": 1, "max": 16 } },
          { "kind": "consumer", "on": "A", "prefix": "/p", "batches": [{ "at": "100ms", "count": 5 }] },
          { "kind": "producer", "on": "B", "as": "source", "start": "1ms", "stop": "950ms", "prefix": "/p", "payload": "1KiB",
              "freshness": "2s", "signing": "hmac", "delay": "1ms" }
        ]
        """;

    /// <summary>The scenarios.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        $$"""
        {
          "$schema": "x", "name": "full", "description": "all", "seed": 7, "duration": "1s", "threads": 1,
          "parameters": { "x": 1, "word": "w", "flag": true },
          "topology": {
            "nodes": [{ "name": "A", "x": 1, "y": 2, "kind": "host" }, "B", "C1"],
            "link": { {{Link}} },
            "links": [{ "between": ["A", "B"], {{Link}} }, { "between": ["B", "C1"] }, { "between": ["A", "C1"], "queue": 10, "loss": 0.1 }]
          },
          "links": [{ "between": ["A", "B"], {{Link}} }],
          "node": { {{Node}} },
          "nodes": [{ "on": "B", {{Node}} }, { "on": ["A"], "contentStore": 5, "clock": { "behind": "1ms" } }],
          "strategies": [{ "prefix": "/p", "strategy": "multicast", "on": ["A"] }],
          "routes": {
            "automatic": true, "metric": "delay", "nextHops": 2, "reroute": "10ms",
            "prefixes": [{ "prefix": "/q", "producers": ["B"] }],
            "hand": [{ "on": "A", "prefix": "/q", "to": "B", "cost": 3 }],
            "paths": [{ "prefix": "/r", "from": "A", "to": "B", "count": 2 }]
          },
          {{Applications}},
          "faults": {
            "links": [{ "link": ["A", "B"], "down": "200ms", "up": "300ms" }],
            "nodes": [{ "node": "C1", "crash": "300ms", "restart": "400ms", "keepsState": false }],
            "partitions": [{ "groups": [["A"], "B"], "from": "500ms", "heal": "600ms" }],
            "randomLinks": [{
              "links": [["A", "B"]], "between": "300ms", "repair": "10ms", "periodic": true, "from": "1ms", "until": "800ms"
            }],
            "randomNodes": [{
              "nodes": "C1", "keepsState": false, "between": "500ms", "repair": "10ms", "periodic": false, "from": "1ms", "until": "800ms"
            }]
          },
          "measure": {
            "traces": ["rate", "links"], "period": "100ms", "nodes": ["A", "B"], "everyNode": 1, "everySample": 2, "rows": 1000,
            "capture": [{ "link": ["A", "B"], "frameOctets": 100, "frames": 1000 }]
          },
          "figures": [{
            "name": "f", "title": "t", "x": { "label": "l", "unit": "s", "log": false, "min": 0, "max": 1 }, "y": {},
            "series": [{
              "table": "links", "x": "Time", "y": "Queued", "kind": "steps", "label": "q", "where": { "From": "A" }, "by": "To",
              "aggregate": "sum", "xScale": 1, "yScale": 2
            }],
            "legend": "below", "width": 500, "height": 300
          }],
          "expect": [
            { "metric": "reader.sent", "min": 0, "max": 100000, "from": "100ms", "to": "900ms", "per": "second", "because": "b" },
            { "metric": "A/delay.mean", "equals": 0, "tolerance": 100 }
          ]
        }
        """,
        $$"""
        {
          "duration": 1,
          "topology": { "generator": "line", "with": { "nodes": 3 }, "seed": 4 },
          "applications": [
            { "kind": "consumer", "on": "*", "prefix": "/p", "rate": 20 },
            { "kind": "producer", "on": "*", "prefix": "/p" }
          ]
        }
        """,
        $$"""
        {
          "duration": 2,
          "topology": { "generator": "line", "with": { "nodes": 3 } },
          "node": {
            "cpu": { "cores": 2, "sign": "30us", "verify": "40us", "fuel": 1000000 },
            "disk": { "latency": "1ms", "flush": "2ms", "octetsPerSecond": "10MiB", "capacity": "1MiB", "torn": "prefix" }
          },
          "applications": [
            {
              "kind": "function-host", "as": "host", "start": "1ms", "stop": "1900ms", "on": "n2",
              "signing": "hmac", "running": 2, "waiting": 10,
              "functions": [
                { "name": "/fn/burn", "function": "burn", "fuelPerOctet": 2 },
                { "name": "/fn/{node}/sum", "function": "sum" }
              ]
            },
            {
              "kind": "function-client", "as": "caller", "start": "1ms", "stop": "1900ms", "on": "n0",
              "name": "/fn/burn", "function": "burn", "rate": 20, "spacing": "poisson",
              "outstanding": 5, "count": 30, "argument": "3KiB", "fuel": 5000, "popularity": { "contents": 10, "q": 0.1, "s": 1 },
              "timeout": "1s", "bypassCaches": true, "replyPrefix": "/r/{node}"
            },
            {
              "kind": "repository", "as": "repo", "start": "1ms", "stop": "1900ms", "on": "n2", "prefix": "/repo",
              "objects": 20, "payload": 500, "gap": "5ms", "flushEvery": 2
            },
            {
              "kind": "interest-flooder", "as": "flood", "start": "1ms", "stop": "1900ms", "on": "n0",
              "prefix": "/repo", "rate": 50, "spacing": "uniform", "random": 4,
              "lifetime": "1s", "count": 20
            },
            {
              "kind": "cache-polluter", "as": "polluter", "start": "1ms", "stop": "1900ms", "on": "n0",
              "prefix": "/repo", "rate": 50, "spacing": "poisson", "contents": 30,
              "first": 2, "lifetime": "1s"
            }
          ]
        }
        """,
    ];
}
