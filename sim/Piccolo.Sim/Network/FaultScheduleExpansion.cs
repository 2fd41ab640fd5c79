using Piccolo.Ndn;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Network;

/// <summary>Turns a schedule of faults into a list of actions.</summary>
/// <remarks>Bound: a million outages by chance; a schedule that asks for more is refused.</remarks>
internal sealed class FaultScheduleExpansion(FaultSchedule schedule, Topology topology, RandomStreams random, long endNs, string where)
{
    private const long Never = long.MaxValue;
    private const int OutagesMax = 1_000_000;

    private readonly SortedDictionary<int, FaultScheduleOutages> _links = [];
    private readonly SortedDictionary<int, FaultScheduleOutages> _nodes = [];
    private int _outages;

    /// <summary>The actions, in order.</summary>
    public IReadOnlyList<FaultAction> Run()
    {
        // Outages at given times come first, because only they must not overlap each other.
        for (int i = 0; i < schedule.Links.Count; i++)
        {
            AddLink(schedule.Links[i], At("links", i));
        }

        for (int i = 0; i < schedule.Nodes.Count; i++)
        {
            AddNode(schedule.Nodes[i], At("nodes", i));
        }

        for (int i = 0; i < schedule.Partitions.Count; i++)
        {
            AddPartition(schedule.Partitions[i], At("partitions", i));
        }

        for (int i = 0; i < schedule.RandomLinks.Count; i++)
        {
            AddRandomLinks(schedule.RandomLinks[i], i, At("randomLinks", i));
        }

        for (int i = 0; i < schedule.RandomNodes.Count; i++)
        {
            AddRandomNodes(schedule.RandomNodes[i], i, At("randomNodes", i));
        }

        return Actions();
    }

    private void AddLink(LinkOutage outage, string place)
    {
        long upNs = CheckTimes(place, "downNs", outage.DownNs, "upNs", outage.UpNs);
        foreach (int link in LinksOf(outage.Link, SettingsCheck.Inside(place, "link")))
        {
            FaultScheduleOutages outages = Of(_links, link);
            if (outages.Overlaps(outage.DownNs, upNs))
            {
                throw SettingsCheck.Refusal(
                    place, "downNs", $"link {outage.Link} is down already at {outage.DownNs} ns, or goes down again before {Text(upNs)}");
            }

            outages.Add(outage.DownNs, upNs, true);
        }
    }

    private void AddNode(NodeOutage outage, string place)
    {
        long restartNs = CheckTimes(place, "crashNs", outage.CrashNs, "restartNs", outage.RestartNs);
        FaultScheduleOutages outages = Of(_nodes, NodeOf(outage.Node, place, "node"));
        if (outages.Overlaps(outage.CrashNs, restartNs))
        {
            throw SettingsCheck.Refusal(
                place,
                "crashNs",
                $"node '{outage.Node}' is down already at {outage.CrashNs} ns, or crashes again before {Text(restartNs)}");
        }

        outages.Add(outage.CrashNs, restartNs, outage.KeepsState);
    }

    private void AddPartition(NetworkPartition partition, string place)
    {
        long healNs = CheckTimes(place, "fromNs", partition.FromNs, "healNs", partition.HealNs);
        var groupOf = new int[topology.Nodes.Count];
        for (int group = 0; group < partition.Groups.Count; group++)
        {
            foreach (string name in partition.Groups[group])
            {
                int node = NodeOf(name, place, $"groups[{group}]");
                if (groupOf[node] != 0)
                {
                    throw SettingsCheck.Refusal(
                        place, $"groups[{group}]", $"node '{name}' is named twice; a node can be in one group only");
                }

                groupOf[node] = group + 1;
            }
        }

        for (int i = 0; i < topology.Links.Count; i++)
        {
            if (groupOf[topology.Links[i].A] != groupOf[topology.Links[i].B])
            {
                Of(_links, i).Add(partition.FromNs, healNs, true);
            }
        }
    }

    private void AddRandomLinks(RandomLinkFaults faults, int entry, string place)
    {
        CheckTiming(faults.Timing, SettingsCheck.Inside(place, "timing"));
        var links = new SortedSet<int>();
        for (int i = 0; i < (faults.Links?.Count ?? 0); i++)
        {
            links.UnionWith(LinksOf(faults.Links![i], SettingsCheck.Inside(place, $"links[{i}]")));
        }

        foreach (int link in links.Count > 0 ? links : Enumerable.Range(0, topology.Links.Count))
        {
            AddRandom(faults.Timing, Of(_links, link), random.For($"fault.link.{entry}", link), true, place);
        }
    }

    private void AddRandomNodes(RandomNodeFaults faults, int entry, string place)
    {
        CheckTiming(faults.Timing, SettingsCheck.Inside(place, "timing"));
        var nodes = new SortedSet<int>();
        for (int i = 0; i < (faults.Nodes?.Count ?? 0); i++)
        {
            nodes.Add(NodeOf(faults.Nodes![i], place, $"nodes[{i}]"));
        }

        foreach (int node in nodes.Count > 0 ? nodes : Enumerable.Range(0, topology.Nodes.Count))
        {
            AddRandom(faults.Timing, Of(_nodes, node), random.For($"fault.node.{entry}", node), faults.KeepsState, place);
        }
    }

    private void AddRandom(FaultTiming timing, FaultScheduleOutages outages, IRandomSource source, bool keepsState, string place)
    {
        Distribution between = timing.IsPeriodic ? Distribution.Constant(timing.BetweenNs) : Distribution.Exponential(timing.BetweenNs);
        Distribution repair = timing.IsPeriodic ? Distribution.Constant(timing.RepairNs) : Distribution.Exponential(timing.RepairNs);
        long lastNs = timing.UntilNs == 0 ? Never : timing.UntilNs;
        long nowNs = timing.FromNs;
        while (true)
        {
            nowNs = Later(nowNs, between.Next(source));
            if (nowNs >= Math.Min(lastNs, endNs))
            {
                return;
            }

            if (++_outages > OutagesMax)
            {
                throw SettingsCheck.Refusal(
                    place, "timing", $"more than {OutagesMax} outages before the end; let them be rarer, or the run shorter");
            }

            long upNs = Math.Min(Later(nowNs, repair.Next(source)), lastNs);
            outages.Add(nowNs, upNs, keepsState);
            nowNs = upNs;
        }
    }

    private List<FaultAction> Actions()
    {
        var actions = new List<FaultAction>();
        foreach ((int link, FaultScheduleOutages outages) in _links)
        {
            outages.Join((downNs, upNs, _) =>
            {
                Put(actions, downNs, FaultActionKind.LinkDown, link);
                Put(actions, upNs, FaultActionKind.LinkUp, link);
            });
        }

        foreach ((int node, FaultScheduleOutages outages) in _nodes)
        {
            outages.Join((crashNs, restartNs, keepsState) =>
            {
                Put(actions, crashNs, FaultActionKind.NodeCrash, node);
                Put(actions, restartNs, keepsState ? FaultActionKind.NodeRestartWithState : FaultActionKind.NodeRestartEmpty, node);
            });
        }

        actions.Sort();
        return actions;
    }

    private void Put(List<FaultAction> actions, long timeNs, FaultActionKind kind, int index)
    {
        if (timeNs < endNs)
        {
            actions.Add(new FaultAction(timeNs, kind, index));
        }
    }

    private List<int> LinksOf(FaultScheduleLink link, string place)
    {
        int a = NodeOf(link.A, place, "a");
        int b = NodeOf(link.B, place, "b");
        var found = new List<int>();
        for (int i = 0; i < topology.Links.Count; i++)
        {
            TopologyLink candidate = topology.Links[i];
            if ((candidate.A == a && candidate.B == b) || (candidate.A == b && candidate.B == a))
            {
                found.Add(i);
            }
        }

        return found.Count > 0 ? found : throw SettingsCheck.Refusal(place, "b", $"there is no link between '{link.A}' and '{link.B}'");
    }

    private int NodeOf(string name, string place, string field)
    {
        int node = topology.IndexOf(name);
        return node >= 0 ? node : throw SettingsCheck.Refusal(place, field, $"there is no node '{name}' in the topology");
    }

    private string At(string list, int index) => SettingsCheck.Inside(where, $"{list}[{index}]");

    private static FaultScheduleOutages Of(SortedDictionary<int, FaultScheduleOutages> components, int index)
    {
        if (!components.TryGetValue(index, out FaultScheduleOutages? outages))
        {
            components.Add(index, outages = new FaultScheduleOutages());
        }

        return outages;
    }

    private static long CheckTimes(string place, string beginning, long fromNs, string end, long? toNs)
    {
        CheckBeginning(place, beginning, fromNs);
        return toNs is null || toNs > fromNs
            ? toNs ?? Never
            : throw SettingsCheck.Refusal(place, end, $"{toNs} ns does not come after {beginning}, {fromNs} ns");
    }

    private static void CheckBeginning(string place, string field, long timeNs)
    {
        SettingsCheck.AtLeast(place, field, timeNs, 0);
        if (timeNs > VirtualTimes.RunNsMax)
        {
            throw SettingsCheck.Refusal(
                place, field, $"{timeNs} ns is after the end of time; no run lasts beyond {VirtualTimes.RunNsMax} ns");
        }
    }

    private static void CheckTiming(FaultTiming timing, string place)
    {
        SettingsCheck.AtLeast(place, "betweenNs", timing.BetweenNs, 1);
        SettingsCheck.AtMost(place, "betweenNs", timing.BetweenNs, Distribution.Largest);
        SettingsCheck.AtLeast(place, "repairNs", timing.RepairNs, 1);
        SettingsCheck.AtMost(place, "repairNs", timing.RepairNs, Distribution.Largest);
        CheckBeginning(place, "fromNs", timing.FromNs);
        if (timing.UntilNs != 0 && timing.UntilNs <= timing.FromNs)
        {
            throw SettingsCheck.Refusal(place, "untilNs", $"{timing.UntilNs} ns does not come after fromNs, {timing.FromNs} ns");
        }
    }

    /// <summary>A time later by a duration of at least a nanosecond, without overflow.</summary>
    private static long Later(long timeNs, long durationNs) =>
        timeNs > Never - Math.Max(durationNs, 1) ? Never : timeNs + Math.Max(durationNs, 1);

    private static string Text(long ns) => ns == Never ? "the end" : $"{ns} ns";
}
