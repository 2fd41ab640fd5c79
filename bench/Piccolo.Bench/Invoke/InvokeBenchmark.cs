using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Piccolo.Bench.Http;
using Spectre.Console;

namespace Piccolo.Bench.Invoke;

/// <summary>Warm calls of a small function through a node's Unix socket, in turn with the same echo over HTTP.</summary>
internal static class InvokeBenchmark
{
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Runs the benchmark; returns the exit code.</summary>
    public static async Task<int> RunAsync(bool isQuick, bool isJson)
    {
        Plan plan = isQuick ? new Plan(2000, 8, 250) : new Plan(5000, 20, 1000);
        Process server = Processes.Start(Environment.ProcessPath!, ServerArguments());
        List<InvokeRow> rows = [];
        try
        {
            using var http = new HttpEchoClient(Processes.WaitUntilReady(server));
            foreach (string signing in new[] { "hmac", "ecdsa" })
            {
                await using NodeUnderTest node = await NodeUnderTest.StartAsync(signing).ConfigureAwait(false);
                await MeasureAsync(node, http, server, signing, plan, rows).ConfigureAwait(false);
            }
        }
        finally
        {
            Processes.Stop(server);
        }

        Print(rows, isJson);
        return 0;
    }

    private static string[] ServerArguments()
    {
        bool isHosted = string.Equals(Path.GetFileNameWithoutExtension(Environment.ProcessPath), "dotnet", StringComparison.Ordinal);
        return isHosted ? [typeof(InvokeBenchmark).Assembly.Location, "http-echo"] : ["http-echo"];
    }

    private static async Task MeasureAsync(
        NodeUnderTest node, HttpEchoClient http, Process server, string signing, Plan plan, List<InvokeRow> rows)
    {
        bool isSigned = signing == "ecdsa";
        var calls = new Latencies(i => node.EchoAsync(Argument(i), isCacheExpected: false), node.Process);
        var cached = new Latencies(_ => node.EchoAsync(Argument(0), isCacheExpected: true), node.Process);
        var peer = new Latencies(i => isSigned ? http.CallSignedAsync(Body(i)) : http.CallAsync(Body(i)), server);
        await node.EchoAsync(Argument(0), isCacheExpected: false).ConfigureAwait(false);
        await calls.WarmAsync(plan.WarmCalls, 1).ConfigureAwait(false);
        await cached.WarmAsync(plan.WarmCalls, 0).ConfigureAwait(false);
        await peer.WarmAsync(plan.WarmCalls, 1).ConfigureAwait(false);
        for (int batch = 0; batch < plan.Batches; batch++)
        {
            int first = plan.WarmCalls + 1 + (batch * plan.BatchSize);
            await calls.MeasureAsync(plan.BatchSize, first).ConfigureAwait(false);
            await peer.MeasureAsync(plan.BatchSize, first).ConfigureAwait(false);
            await cached.MeasureAsync(plan.BatchSize, first).ConfigureAwait(false);
        }

        CallFigures peerFigures = CallFigures.Of(peer);
        rows.Add(new InvokeRow("echo, a new argument each time", signing, calls.Count, CallFigures.Of(calls), peerFigures));
        rows.Add(new InvokeRow("answered by the cache", signing, cached.Count, CallFigures.Of(cached), peerFigures));
    }

    private static string Argument(int number) => "warm call number " + number.ToString(CultureInfo.InvariantCulture);

    private static byte[] Body(int number) => Encoding.UTF8.GetBytes(Argument(number));

    private static void Print(List<InvokeRow> rows, bool isJson)
    {
        if (isJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(rows, JsonOptions));
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns(
            "call", "signature", "p50 us", "p99 us", "calls/s", "cpu us", "HTTP p50", "HTTP p99", "HTTP calls/s", "HTTP cpu",
            "p50 ratio", "p99 ratio", "cpu ratio");
        foreach (InvokeRow row in rows)
        {
            table.AddRow(
                row.Call, row.Signature, Text(row.Ours.P50), Text(row.Ours.P99), Text(row.Ours.CallsPerSecond), Text(row.Ours.CpuPerCall),
                Text(row.Peer.P50), Text(row.Peer.P99), Text(row.Peer.CallsPerSecond), Text(row.Peer.CpuPerCall),
                Ratio(row.P50Ratio), Ratio(row.P99Ratio), Ratio(row.CpuRatio));
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(
            $"{rows[0].Count} calls of each, one at a time, in alternating batches. cpu: caller and server together, for each call. "
            + "HTTP: the same echo through Kestrel (HTTP/1.1, one kept connection on loopback); beside ecdsa its body is signed and "
            + "verified with ECDSA P-256 too. Ratios: ours over HTTP, lower is better.");
    }

    private static string Text(double number) => number.ToString("F0", CultureInfo.InvariantCulture);

    private static string Ratio(double number) => number.ToString("F2", CultureInfo.InvariantCulture);

    private sealed record Plan(int WarmCalls, int Batches, int BatchSize);
}
