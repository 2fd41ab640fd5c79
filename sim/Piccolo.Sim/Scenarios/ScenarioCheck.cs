using Piccolo.Sim.Engine;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Scenarios;

/// <summary>Refuses scenarios that cannot be, before anything is built.</summary>
internal static class ScenarioCheck
{
    public static void Run(ScenarioSettings scenario)
    {
        string where = scenario.File.Length == 0 ? "" : $"{scenario.File}: ";
        if (scenario.DurationNs <= 0)
        {
            throw new ScenarioException($"{where}$.duration: a run takes more than no time");
        }

        if (scenario.DurationNs > VirtualTimes.RunNsMax)
        {
            throw new ScenarioException(
                $"{where}$.duration: {scenario.DurationNs} ns leads beyond the end of time; {VirtualTimes.RunNsMax} ns is the longest run");
        }

        if (scenario.Routes.RerouteNs < 0)
        {
            throw new ScenarioException(
                $"{where}$.routes.reroute: {scenario.Routes.RerouteNs} ns is before the fault; it must be at least 0");
        }

        for (int i = 0; i < scenario.Topology.Links.Count; i++)
        {
            TopologyLink link = scenario.Topology.Links[i];
            link.Settings.Validate($"{where}link {scenario.Topology.Nodes[link.A].Name} - {scenario.Topology.Nodes[link.B].Name}");
        }

        foreach (ApplicationSettings application in scenario.Applications)
        {
            if ((uint)application.Node >= (uint)scenario.Topology.Nodes.Count)
            {
                throw new ScenarioException(
                    $"{where}an application is put on node number {application.Node} of {scenario.Topology.Nodes.Count}");
            }
        }

        foreach (StrategySetting strategy in scenario.Strategies)
        {
            if (!StrategyCheck.IsKnown(strategy.Strategy, out string reason))
            {
                throw new ScenarioException($"{where}{reason}");
            }
        }

        ProducerCheck.Run(scenario);
    }
}
