namespace Piccolo.Sim.Topologies;

/// <summary>Reads Rocketfuel's weights: lines of <c>nodeA nodeB weight</c>, each link once or once for each direction.</summary>
/// <remarks>Weights with decimals are all multiplied by 10, 100 or 1000, so that metrics are whole and best routes the same.</remarks>
internal static class RocketfuelWeightsReader
{
    internal static Topology Read(string text, TopologyBuilder builder)
    {
        List<(int Line, int A, int B, decimal Weight)> links = [];
        Dictionary<long, int> directed = [];
        foreach ((int line, string[] fields) in TopologyLines.Of(text))
        {
            if (fields.Length != 3)
            {
                throw builder.Error(line, $"a line has {fields.Length} fields; write: node node weight");
            }

            if (!MetricScale.TryRead(fields[2], out decimal weight))
            {
                throw builder.Error(line, MetricScale.Refusal(fields[2]));
            }

            int a = NodeOf(line, fields[0], builder);
            int b = NodeOf(line, fields[1], builder);
            if (!directed.TryAdd(((long)a << 32) | (uint)b, links.Count))
            {
                int before = links[directed[((long)a << 32) | (uint)b]].Line;
                throw builder.Error(line, $"link {builder.NameOf(a)} - {builder.NameOf(b)} was defined before, in line {before}");
            }

            links.Add((line, a, b, weight));
        }

        int scale = MetricScale.For(links.Select(link => link.Weight));
        for (int i = 0; i < links.Count; i++)
        {
            (int line, int a, int b, decimal weight) = links[i];
            if (directed.TryGetValue(((long)b << 32) | (uint)a, out int back) && back < i)
            {
                if (links[back].Weight != weight)
                {
                    throw builder.Error(
                        line,
                        $"link {builder.NameOf(a)} - {builder.NameOf(b)} weighs {weight}, but {links[back].Weight} in the other direction, "
                        + $"in line {links[back].Line}; links are alike in both");
                }

                continue;
            }

            builder.AddLink(line, a, b, builder.Defaults with { Metric = MetricScale.Apply(weight, scale) });
        }

        return builder.Build();
    }

    private static int NodeOf(int line, string name, TopologyBuilder builder)
    {
        int index = builder.IndexOf(name);
        return index >= 0 ? index : builder.AddNode(line, name, 0, 0, "");
    }
}
