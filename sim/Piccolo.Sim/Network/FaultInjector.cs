using Piccolo.Sim.Nodes;

namespace Piccolo.Sim.Network;

/// <summary>Lets the faults of a schedule happen to a network.</summary>
public static class FaultInjector
{
    /// <summary>Puts a schedule's faults among the network's control events.</summary>
    /// <param name="network">The network.</param>
    /// <param name="schedule">What fails and when.</param>
    /// <param name="endNs">The end of the run; nothing fails from then on.</param>
    /// <param name="changed">Told after each fault and each repair, for example to compute routes anew; null for nobody.</param>
    /// <param name="changedAfterNs">How long after: what routing needs to notice. Nanoseconds of virtual time.</param>
    /// <param name="where">The place of the schedule, for messages.</param>
    /// <returns>What will happen, in order.</returns>
    /// <exception cref="ScenarioException">The schedule is impossible in this network.</exception>
    public static IReadOnlyList<FaultAction> Install(
        SimNetwork network, FaultSchedule schedule, long endNs, Action? changed = null, long changedAfterNs = 0, string where = "")
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentOutOfRangeException.ThrowIfNegative(changedAfterNs);
        IReadOnlyList<FaultAction> actions = schedule.Expand(network.Topology, network.Random, endNs, where);
        foreach (FaultAction action in actions)
        {
            if (action.TimeNs < network.NowNs)
            {
                continue;
            }

            network.At(action.TimeNs, () => Do(network, action));
            if (changed is not null && changedAfterNs < endNs - action.TimeNs)
            {
                network.At(action.TimeNs + changedAfterNs, changed);
            }
        }

        return actions;
    }

    /// <summary>Does one thing to a network; only from a control event.</summary>
    public static void Do(SimNetwork network, FaultAction action)
    {
        ArgumentNullException.ThrowIfNull(network);
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
            case FaultActionKind.NodeRestartWithState:
                network.Nodes[action.Index].Restart(RestartState.DiskAndTables);
                break;
            default:
                network.Nodes[action.Index].Restart(RestartState.Disk);
                break;
        }
    }
}
