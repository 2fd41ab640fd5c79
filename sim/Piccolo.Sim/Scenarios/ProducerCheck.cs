using Piccolo.Ndn.Naming;
using Piccolo.Sim.Routes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Scenarios;

/// <summary>Refuses a scenario in which somebody asks for what nobody within reach can answer.</summary>
internal static class ProducerCheck
{
    public static void Run(ScenarioSettings scenario)
    {
        var served = new List<(Name Prefix, int Node)>();
        foreach (ApplicationSettings application in scenario.Applications)
        {
            served.AddRange(application.Serves.Select(prefix => (prefix, application.Node)));
        }

        foreach (RouteRequest request in scenario.Routes.Prefixes)
        {
            served.AddRange(request.Producers.Select(node => (request.Prefix, node)));
        }

        int[] parts = Parts(scenario.Topology);
        var known = new Dictionary<Name, (HashSet<int> Parts, int Example)>();
        foreach (ApplicationSettings application in scenario.Applications)
        {
            foreach (Name asked in application.Asks)
            {
                if (!known.TryGetValue(asked, out (HashSet<int> Parts, int Example) found))
                {
                    found = ([], -1);
                    foreach ((Name prefix, int node) in served)
                    {
                        if (prefix.IsPrefixOf(asked) || asked.IsPrefixOf(prefix))
                        {
                            found.Parts.Add(parts[node]);
                            found.Example = node;
                        }
                    }

                    known.Add(asked, found);
                }

                Require(scenario, application, asked, parts, found);
            }
        }
    }

    private static void Require(
        ScenarioSettings scenario, ApplicationSettings application, Name asked, int[] parts, (HashSet<int> Parts, int Example) found)
    {
        string place = application.Place.Length == 0 ? "" : $"{application.Place}: ";
        string node = scenario.Topology.Nodes[application.Node].Name;
        if (found.Parts.Count == 0)
        {
            throw new ScenarioException($"{place}node '{node}' asks for {asked}, which nobody serves; add a producer of it");
        }

        if (!found.Parts.Contains(parts[application.Node]))
        {
            throw new ScenarioException(
                $"{place}node '{node}' asks for {asked}, and no links lead from it to any producer, for example "
                + $"'{scenario.Topology.Nodes[found.Example].Name}'");
        }
    }

    private static int[] Parts(Topology topology)
    {
        int[] above = [.. Enumerable.Range(0, topology.Nodes.Count)];
        foreach (TopologyLink link in topology.Links)
        {
            int a = Leader(above, link.A);
            int b = Leader(above, link.B);
            above[Math.Max(a, b)] = Math.Min(a, b);
        }

        for (int i = 0; i < above.Length; i++)
        {
            above[i] = Leader(above, i);
        }

        return above;
    }

    private static int Leader(int[] above, int node)
    {
        while (above[node] != node)
        {
            above[node] = above[above[node]];
            node = above[node];
        }

        return node;
    }
}
