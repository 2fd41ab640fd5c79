using Piccolo.Sim.Network;

namespace Piccolo.Sim.Scenarios;

/// <summary>Lets the faults of a scenario happen.</summary>
internal static class FaultPlan
{
    public static void Install(SimNetwork network, ScenarioSettings scenario, RouteInstaller routes)
    {
        string where = scenario.File.Length == 0 ? "$.faults" : $"{scenario.File}: $.faults";
        IReadOnlyList<FaultAction> actions = scenario.Faults.Expand(network.Topology, network.Random, scenario.DurationNs, where);
        foreach (FaultAction action in actions)
        {
            network.At(action.TimeNs, () => Do(network, action));
            if (scenario.Routes.RerouteNs is long delayNs && action.TimeNs + delayNs < scenario.DurationNs)
            {
                network.At(action.TimeNs + delayNs, routes.Reroute);
            }
        }
    }

    private static void Do(SimNetwork network, FaultAction action)
    {
        switch (action.Kind)
        {
            case FaultActionKind.LinkDown:
                network.Links[action.Index].SetUp(false);
                break;
            case FaultActionKind.LinkUp:
                network.Links[action.Index].SetUp(true);
                break;
            case FaultActionKind.NodeCrash:
                network.Nodes[action.Index].Crash();
                break;
            default:
                network.Nodes[action.Index].Restart();
                break;
        }
    }
}
