using System.Diagnostics;
using System.Globalization;
using System.Text;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Validation.Reality;

/// <summary>A topology of real pcl-node processes, each in a network namespace of its own.</summary>
/// <remarks>
/// A link is a namespace between two others, with a udpwire in it for the delay. Rates are tc tbf's on what a node sends into the
/// link, with Ethernet, IP and UDP headers not counted, as the simulator's links do not know them; without tbf they are udpwire's.
/// Programs run at a raised priority, so that the machine's other work does not count as delay of the network.
/// </remarks>
internal sealed class RealNetwork : IAsyncDisposable
{
    private const string Port = "6363";
    private const string ProducerPort = "17001";
    private const string NamePrefix = "pclreal";

    private readonly Topology _topology;
    private readonly string _prefix = $"{NamePrefix}{Environment.ProcessId}-";
    private readonly string _work = Directory.CreateTempSubdirectory("pcl-real-").FullName;
    private readonly List<Process> _processes = [];
    private readonly List<string> _namespaces = [];

    private RealNetwork(Topology topology) => _topology = topology;

    /// <summary>Whether the kernel shapes the links; else the wires do.</summary>
    public bool HasTokenBucket { get; private set; }

    /// <summary>Starts the nodes of a topology.</summary>
    public static async Task<RealNetwork> StartAsync(Topology topology)
    {
        RemoveLeftovers();
        var network = new RealNetwork(topology);
        try
        {
            network.Compile("ndnload", Path.Combine("bench", "tools", "ndnload.c"));
            network.Compile("udpwire", Path.Combine("tests", "Piccolo.Sim.Tests", "Validation", "Reality", "udpwire.c"));
            network.MakeNamespaces();
            await network.StartProgramsAsync();
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>Routes a prefix over a link of a node.</summary>
    public void AddRoute(int node, string prefix, int link) => Route(node, prefix, Wire(link, IsA(link, node), isWire: true) + ":" + Port);

    /// <summary>Starts a producer at a node.</summary>
    public void StartProducer(int node, string prefix, int payload)
    {
        Launch(
            Node(node), Path.Combine(_work, "ndnload"), "producer", "--port", ProducerPort, "--prefix", prefix, "--payload", Text(payload));
        Route(node, prefix, "127.0.0.1:" + ProducerPort);
    }

    /// <summary>Runs a consumer at a node to its end.</summary>
    public async Task<LoadReport> ConsumeAsync(int node, string prefix, params string[] arguments)
    {
        using Process consumer = Commands.Start(
            "ip", ["netns", "exec", Node(node), "nice", "-n", "-15", Path.Combine(_work, "ndnload"), "consumer",
                "--to", "127.0.0.1:" + Port, "--prefix", prefix, "--lifetime", "4000", .. arguments]);
        string output = await consumer.StandardOutput.ReadToEndAsync();
        string errors = await consumer.StandardError.ReadToEndAsync();
        await consumer.WaitForExitAsync();
        return consumer.ExitCode == 0 ? LoadReport.Parse(output) : throw new InvalidOperationException("ndnload: " + errors);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (Process process in _processes)
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }

            process.Dispose();
        }

        foreach (string name in _namespaces)
        {
            _ = Commands.Try("ip", "netns", "del", name);
        }

        Directory.Delete(_work, recursive: true);
    }

    /// <summary>Ends what a test run that was killed has left behind: namespaces of ours whose maker lives no more.</summary>
    private static void RemoveLeftovers()
    {
        foreach (string line in Commands.Run("ip", "netns", "list").Split('\n'))
        {
            string name = line.Split(' ')[0];
            if (!name.StartsWith(NamePrefix, StringComparison.Ordinal)
                || !int.TryParse(name[NamePrefix.Length..].Split('-')[0], CultureInfo.InvariantCulture, out int maker)
                || Directory.Exists($"/proc/{maker}"))
            {
                continue;
            }

            foreach (string id in Commands.Run("ip", "netns", "pids", name).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                _ = Commands.Try("kill", "-KILL", id);
            }

            _ = Commands.Try("ip", "netns", "del", name);
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>An address on a link: of the node at its end A or B, or of the wire where it faces that node.</summary>
    private static string Wire(int link, bool isA, bool isWire) => $"10.77.{(2 * link) + (isA ? 0 : 1)}.{(isWire ? 2 : 1)}";

    private string Node(int index) => $"{_prefix}n{index}";

    private string Middle(int link) => $"{_prefix}w{link}";

    private bool IsA(int link, int node) => _topology.Links[link].A == node;

    private void Compile(string name, string source) =>
        Commands.Run("cc", "-O2", "-o", Path.Combine(_work, name), Path.Combine(Commands.Root, source), "-lpthread", "-lm");

    private void MakeNamespaces()
    {
        var script = new StringBuilder("set -e\n");
        for (int i = 0; i < _topology.Nodes.Count; i++)
        {
            AddNamespace(script, Node(i));
        }

        for (int i = 0; i < _topology.Links.Count; i++)
        {
            AddNamespace(script, Middle(i));
            Join(script, i, _topology.Links[i].A, isA: true);
            Join(script, i, _topology.Links[i].B, isA: false);
        }

        Shell(script);
        HasTokenBucket = TryShape();
    }

    private void AddNamespace(StringBuilder script, string name)
    {
        _namespaces.Add(name);
        script.AppendLine(CultureInfo.InvariantCulture, $"ip netns add {name}; ip -n {name} link set lo up");
    }

    private void Join(StringBuilder script, int link, int node, bool isA)
    {
        string inner = isA ? "end0" : "end1";
        script.AppendLine(
            CultureInfo.InvariantCulture, $"ip -n {Node(node)} link add l{link} type veth peer name {inner} netns {Middle(link)}");
        foreach ((string space, string device, bool isWire) in new[] { (Node(node), $"l{link}", false), (Middle(link), inner, true) })
        {
            script.AppendLine(CultureInfo.InvariantCulture, $"ip -n {space} addr add {Wire(link, isA, isWire)}/24 dev {device}");
            script.AppendLine(CultureInfo.InvariantCulture, $"ip -n {space} link set dev {device} up");
        }
    }

    private bool TryShape()
    {
        var script = new StringBuilder("set -e\n");
        for (int i = 0; i < _topology.Links.Count; i++)
        {
            TopologyLink link = _topology.Links[i];
            foreach (int node in new[] { link.A, link.B })
            {
                // 42 octets of headers are not the packet's. A bucket of little more than one packet lets no burst through.
                script.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"tc -n {Node(node)} qdisc add dev l{i} root stab overhead -42 linklayer ethernet tbf "
                    + $"rate {link.Settings.RateBps}bit burst 1600 limit {link.Settings.Queue.CapacityOctets}");
            }
        }

        return Commands.Try("sh", "-c", script.ToString()).IsSuccess;
    }

    private async Task StartProgramsAsync()
    {
        List<Process> servers = [];
        for (int i = 0; i < _topology.Links.Count; i++)
        {
            LinkSettings settings = _topology.Links[i].Settings;
            servers.Add(Launch(
                Middle(i),
                Path.Combine(_work, "udpwire"),
                Text(settings.DelayNs / 1000),
                HasTokenBucket ? "0" : Text(settings.RateBps),
                Text(settings.Queue.CapacityOctets),
                $"{Wire(i, isA: true, isWire: true)}:{Port}",
                $"{Wire(i, isA: true, isWire: false)}:{Port}",
                $"{Wire(i, isA: false, isWire: true)}:{Port}",
                $"{Wire(i, isA: false, isWire: false)}:{Port}"));
        }

        for (int i = 0; i < _topology.Nodes.Count; i++)
        {
            servers.Add(Launch(
                Node(i), Commands.Program("pcl-node"), "--unix", Socket(i), "--udp", "0.0.0.0:" + Port, "--tcp", "none",
                "--functions", "none", "--state", Path.Combine(_work, $"state{i}"), "--name", $"/test/{_topology.Nodes[i].Name}"));
        }

        foreach (Process server in servers)
        {
            await Commands.WaitUntilReadyAsync(server);
        }
    }

    private Process Launch(string space, string program, params string[] arguments)
    {
        Process process = Commands.Start("ip", ["netns", "exec", space, "nice", "-n", "-15", program, .. arguments]);
        _processes.Add(process);
        return process;
    }

    private string Socket(int node) => Path.Combine(_work, $"s{node}");

    private void Route(int node, string prefix, string address) =>
        Commands.Run(Commands.Program("pcl"), "--node", "unix://" + Socket(node), "route", "add", prefix, "udp4://" + address);

    private static void Shell(StringBuilder script) => Commands.Run("sh", "-c", script.ToString());
}
