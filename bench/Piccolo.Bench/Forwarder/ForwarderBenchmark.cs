using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Piccolo.Bench.Forwarder;

/// <summary>Drives ndnload through pcl-node and through a bare UDP relay, in turn, and prints both with their ratio.</summary>
internal static class ForwarderBenchmark
{
    private const string NodePort = "16363";
    private const string RelayPort = "16364";
    private const string ProducerPort = "17001";
    private const string ConsumerPort = "17002";
    private const string CachedPackets = "8192";

    private sealed record Setting(string Name, int Window, int Payload, bool HasRelay, string[] Extra);

    /// <summary>Runs the benchmark; returns the exit code.</summary>
    public static int Run(bool isQuick)
    {
        string tools = Path.Combine(Processes.Root, "out", "bench");
        Directory.CreateDirectory(tools);
        foreach (string tool in new[] { "ndnload", "udprelay" })
        {
            string source = Path.Combine(Processes.Root, "bench", "tools", tool + ".c");
            Processes.Run("cc", "-O2", "-o", Path.Combine(tools, tool), source, "-lpthread", "-lm");
        }

        string work = Directory.CreateTempSubdirectory("piccolo-bench-").FullName;
        string socket = Path.Combine(work, "nfd.sock");
        Process relay = Processes.Start("taskset", "-c", "0", Path.Combine(tools, "udprelay"), RelayPort, ProducerPort, "32");
        Process node = Processes.Start(
            "taskset", "-c", "0", Processes.Program("pcl-node"), "--unix", socket, "--udp", "127.0.0.1:" + NodePort, "--tcp", "none",
            "--functions", "none", "--state", Path.Combine(work, "state"), "--ContentStore:Capacity", CachedPackets);
        try
        {
            Processes.WaitUntilReady(node);
            Processes.Run(
                Processes.Program("pcl"), "--node", "unix://" + socket, "route", "add", "/load", "udp4://127.0.0.1:" + ProducerPort);
            Measure(tools, node.Id, relay.Id, isQuick);
            return 0;
        }
        finally
        {
            Processes.Stop(node);
            Processes.Stop(relay);
            Directory.Delete(work, recursive: true);
        }
    }

    private static void Measure(string tools, int nodeId, int relayId, bool isQuick)
    {
        string ndnload = Path.Combine(tools, "ndnload");
        string seconds = isQuick ? "1" : "3";
        int rounds = isQuick ? 1 : 3;
        Console.Error.WriteLine("warming up");
        foreach (int payload in new[] { 100, 7000 })
        {
            Load(ndnload, NodePort, nodeId, new Setting("warm-up", 64, payload, false, []), isQuick ? "2" : "5");
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns(
            "exchange", "payload", "W", "satisfied/s", "relay", "ratio", "p50 us", "p90 us", "p99 us", "relay p50", "loss %",
            "cpu us", "relay cpu", "RSS MiB");
        foreach (Setting setting in Settings())
        {
            List<LoadResult> ours = [];
            List<LoadResult> bare = [];
            for (int round = 0; round < rounds; round++)
            {
                ours.Add(Load(ndnload, NodePort, nodeId, setting, seconds));
                if (setting.HasRelay)
                {
                    bare.Add(Load(ndnload, RelayPort, relayId, setting, seconds));
                }
            }

            AddRow(table, setting, LoadResult.Median(ours), bare.Count == 0 ? null : LoadResult.Median(bare));
            Console.Error.WriteLine($"measured: {setting.Name}, {setting.Payload} B, window {setting.Window}");
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(
            $"Medians. The content store holds {CachedPackets} packets and is full: each forwarded exchange stores one and evicts one. "
            + "W: Interests outstanding. cpu: CPU time of the forwarder's process for each exchange. The forwarder has core 0, "
            + "the generator core 1. The relay copies datagrams and looks at nothing: the floor under a UDP forwarder here.");
    }

    private static List<Setting> Settings()
    {
        List<Setting> settings = [];
        foreach (int payload in new[] { 100, 1000, 7000 })
        {
            foreach (int window in new[] { 1, 16, 64, 256 })
            {
                settings.Add(new Setting("forwarded", window, payload, HasRelay: true, []));
            }
        }

        foreach (int window in new[] { 1, 64 })
        {
            settings.Add(new Setting(
                "cache hit", window, 1000, HasRelay: false, ["--names", "1000", "--freshness", "3600000", "--base", "1000000"]));
        }

        settings.Add(new Setting("20 components", 64, 100, HasRelay: false, ["--components", "20"]));
        settings.Add(new Setting("PIT tokens", 64, 1000, HasRelay: false, ["--lp"]));
        return settings;
    }

    private static LoadResult Load(string ndnload, string port, int processId, Setting setting, string seconds)
    {
        string[] arguments =
        [
            "-c", "1", ndnload, "both", "--to", "127.0.0.1:" + port, "--port", ProducerPort, "--local-port", ConsumerPort,
            "--duration", seconds, "--warmup", "0.7", "--window", Text(setting.Window), "--payload", Text(setting.Payload),
            "--pid", Text(processId), .. setting.Extra,
        ];
        return LoadResult.Parse(Processes.Run("taskset", arguments));
    }

    private static void AddRow(Table table, Setting setting, LoadResult ours, LoadResult? bare) => table.AddRow(
        setting.Name,
        Text(setting.Payload),
        Text(setting.Window),
        ours.SatisfiedPerSecond.ToString("N0", CultureInfo.InvariantCulture),
        bare is null ? "" : bare.SatisfiedPerSecond.ToString("N0", CultureInfo.InvariantCulture),
        bare is null ? "" : (ours.SatisfiedPerSecond / bare.SatisfiedPerSecond).ToString("F2", CultureInfo.InvariantCulture),
        ours.P50.ToString("F0", CultureInfo.InvariantCulture),
        ours.P90.ToString("F0", CultureInfo.InvariantCulture),
        ours.P99.ToString("F0", CultureInfo.InvariantCulture),
        bare is null ? "" : bare.P50.ToString("F0", CultureInfo.InvariantCulture),
        ours.LossPercent.ToString("F2", CultureInfo.InvariantCulture),
        ours.CpuPerExchange.ToString("F1", CultureInfo.InvariantCulture),
        bare is null ? "" : bare.CpuPerExchange.ToString("F1", CultureInfo.InvariantCulture),
        (ours.ResidentKilobytes / 1024).ToString("F0", CultureInfo.InvariantCulture));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
