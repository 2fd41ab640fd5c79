using System.IO.Enumeration;
using Piccolo.Sim.Scenarios.Shapes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Scenarios.Reading;

/// <summary>Finds the nodes that a scenario names: by name, or by a pattern with <c>*</c> and <c>?</c>.</summary>
internal static class NodePattern
{
    /// <summary>The indices of nodes, each once, rising within a pattern.</summary>
    /// <exception cref="ScenarioException">A name or pattern is no node's.</exception>
    public static IReadOnlyList<int> Find(Topology topology, ScenarioValue value)
    {
        var found = new List<int>();
        var seen = new HashSet<int>();
        foreach (ScenarioValue item in value.ItemsOrSelf())
        {
            foreach (int node in FindOne(topology, item))
            {
                if (seen.Add(node))
                {
                    found.Add(node);
                }
            }
        }

        return found.Count > 0 ? found : throw value.Error("no node is named");
    }

    /// <summary>The one node of that name.</summary>
    /// <exception cref="ScenarioException">There is none.</exception>
    public static int Single(Topology topology, ScenarioValue value)
    {
        string name = value.Text();
        int index = topology.IndexOf(name);
        return index >= 0 ? index : throw Unknown(topology, value, name);
    }

    private static List<int> FindOne(Topology topology, ScenarioValue item)
    {
        string text = item.Text();
        int exact = topology.IndexOf(text);
        if (exact >= 0)
        {
            return [exact];
        }

        if (!text.Contains('*', StringComparison.Ordinal) && !text.Contains('?', StringComparison.Ordinal))
        {
            throw Unknown(topology, item, text);
        }

        var matches = new List<int>();
        for (int i = 0; i < topology.Nodes.Count; i++)
        {
            if (FileSystemName.MatchesSimpleExpression(text, topology.Nodes[i].Name, ignoreCase: false))
            {
                matches.Add(i);
            }
        }

        return matches.Count > 0 ? matches : throw item.Error($"the pattern '{Quote.Clip(text)}' matches no node of the topology");
    }

    private static ScenarioException Unknown(Topology topology, ScenarioValue value, string name)
    {
        IEnumerable<string> known = topology.Nodes.Take(2000).Select(node => node.Name);
        return value.Error($"there is no node '{Quote.Clip(name)}' in the topology{NearWord.Suggest(name, known)}");
    }
}
