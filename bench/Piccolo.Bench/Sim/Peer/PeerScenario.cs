using System.Globalization;
using System.Text;
using Piccolo.Bench.Runs;
using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Routes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Bench.Sim.Peer;

/// <summary>Writes a run as <c>bench/tools/ndnsim/piccolo-peer.cpp</c> reads it: the same links, consumers, producers and routes.</summary>
internal static class PeerScenario
{
    /// <summary>With this and a run, the program prints the scenario.</summary>
    public const string Command = "sim-scenario";

    /// <summary>What the run is called, also as a file.</summary>
    public static string Title(RunSpec spec) => string.Create(
        CultureInfo.InvariantCulture,
        $"{spec.Kind}-{spec.Size}-flows-{spec.Flows}-rate-{spec.Rate}-cache-{spec.Cache}-seconds-{spec.Seconds}");

    /// <summary>The scenario.</summary>
    public static string Write(RunSpec spec)
    {
        Topology topology = Workload.Topology(spec);
        List<Flow> flows = Workload.Flows(spec, topology);
        CultureInfo culture = CultureInfo.InvariantCulture;
        var text = new StringBuilder();
        text.Append(culture, $"name {Title(spec)}\nseconds {spec.Seconds}\ncache {spec.Cache}\nnodes {topology.Nodes.Count}\n");
        foreach (TopologyLink link in topology.Links)
        {
            LinkSettings settings = link.Settings;
            text.Append(culture, $"link {link.A} {link.B} {settings.RateBps} {settings.DelayNs} {settings.Queue.CapacityPackets}\n");
        }

        foreach (Flow flow in flows)
        {
            bool isShared = Workload.IsShared(spec);
            text.Append(culture, $"{(isShared ? "zipf-consumer" : "consumer")} {flow.Consumer} {flow.Prefix} {spec.Rate}");
            text.Append(culture, $"{(isShared ? $" {Workload.Contents}" : "")}\n");
        }

        AddProducers(text, spec, topology, flows);
        return text.ToString();
    }

    private static void AddProducers(StringBuilder text, RunSpec spec, Topology topology, List<Flow> flows)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        var computer = new RouteComputer(topology);
        var served = new HashSet<Name>();
        foreach (Flow flow in flows)
        {
            if (!served.Add(flow.Prefix))
            {
                continue;
            }

            int payload = new ProducerSettings { Prefix = flow.Prefix }.PayloadOctets;
            text.Append(culture, $"producer {flow.Producer} {flow.Prefix} {payload}\n");
            DestinationRoutes routes = computer.ToNearest([flow.Producer]);
            foreach (int node in Workload.RoutedNodes(spec, flow, routes))
            {
                text.Append(culture, $"route {node} {routes.NextNode(node)} {routes.Cost(node)} {flow.Prefix}\n");
            }
        }
    }
}
