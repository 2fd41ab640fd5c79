using System.Globalization;

namespace Piccolo.Sim.Topologies;

/// <summary>Reads Rocketfuel's maps of one provider's routers.</summary>
/// <remarks>
/// <code>
/// uid @location [+] [bb] (neighbours) [&amp;externals] -> &lt;uid&gt; ... {-euid} ... =name[!] rN
/// -euid =address[!] rN
/// </code>
/// Nodes are named by their uid; a router of the backbone has the kind <c>backbone</c>. External addresses, in braces and in lines of
/// negative numbers, are checked and left out. Maps say nothing of rates and delays: the defaults hold.
/// Source: Spring, Mahajan, Wetherall, "Measuring ISP Topologies with Rocketfuel", 2002, and the README of the maps.
/// </remarks>
internal static class RocketfuelMapReader
{
    internal static Topology Read(string text, TopologyBuilder builder)
    {
        List<(int Line, int From, string[] Neighbors)> routers = [];
        foreach ((int line, string[] fields) in TopologyLines.Of(text))
        {
            if (fields[0][0] == '-')
            {
                ReadExternal(line, fields, builder);
                continue;
            }

            int arrow = Array.IndexOf(fields, "->");
            if (arrow < 0)
            {
                throw builder.Error(line, "a router has no '->' before its neighbours");
            }

            int index = ReadHead(line, fields.AsSpan(0, arrow), builder);
            routers.Add((line, index, ReadNeighbors(line, fields.AsSpan(arrow + 1), builder)));
        }

        foreach ((int line, int from, string[] neighbors) in routers)
        {
            foreach (string neighbor in neighbors)
            {
                int to = builder.IndexOf(neighbor);
                if (to < 0)
                {
                    throw builder.Error(line, $"there is no router {Quote.Clip(neighbor)}, a neighbour of {builder.NameOf(from)}");
                }

                // The map is symmetric: the second mention, at the other end, is the same link.
                if (builder.LineOfLink(from, to) == 0)
                {
                    builder.AddLink(line, from, to, builder.Defaults);
                }
                else if (builder.LineOfLink(from, to) == line)
                {
                    throw builder.Error(line, $"router {builder.NameOf(from)} names its neighbour {Quote.Clip(neighbor)} twice");
                }
            }
        }

        return builder.Build();
    }

    private static int ReadHead(int line, ReadOnlySpan<string> head, TopologyBuilder builder)
    {
        if (head.Length < 3 || head[1][0] != '@')
        {
            throw builder.Error(line, "a router begins with: uid @location (neighbours)");
        }

        builder.Whole(line, head[0], "uid", 0);
        bool isBackbone = false;
        bool isCounted = false;
        foreach (string field in head[2..])
        {
            isBackbone |= field == "bb";
            isCounted |= IsNumber(field, "(", ")");
            if (field is not ("+" or "bb") && !IsNumber(field, "(", ")") && !IsNumber(field, "&", ""))
            {
                throw builder.Error(line, $"'{Quote.Clip(field)}' means nothing before '->'; there may be +, bb, (number) and &number");
            }
        }

        return isCounted
            ? builder.AddNode(line, head[0], 0, 0, isBackbone ? "backbone" : "")
            : throw builder.Error(line, "a router does not say how many neighbours it has, as (number)");
    }

    private static string[] ReadNeighbors(int line, ReadOnlySpan<string> tail, TopologyBuilder builder)
    {
        List<string> neighbors = [];
        int at = 0;
        while (at < tail.Length && tail[at][0] is '<' or '{')
        {
            if (IsNumber(tail[at], "<", ">"))
            {
                neighbors.Add(tail[at][1..^1]);
            }
            else if (!IsNumber(tail[at], "{-", "}"))
            {
                throw builder.Error(line, $"'{Quote.Clip(tail[at])}' is no neighbour; write <uid> or, for an external one, {{-euid}}");
            }

            at++;
        }

        CheckEnd(line, tail[at..], builder);
        return neighbors.ToArray();
    }

    private static void ReadExternal(int line, string[] fields, TopologyBuilder builder)
    {
        builder.Whole(line, fields[0], "external uid", int.MinValue, -1);
        CheckEnd(line, fields.AsSpan(1), builder);
    }

    private static void CheckEnd(int line, ReadOnlySpan<string> end, TopologyBuilder builder)
    {
        if (end.Length != 2 || end[0][0] != '=' || !IsNumber(end[1], "r", ""))
        {
            throw builder.Error(line, "a line ends with: =name rN");
        }
    }

    private static bool IsNumber(string text, string before, string after) =>
        text.Length > before.Length + after.Length
        && text.StartsWith(before, StringComparison.Ordinal)
        && text.EndsWith(after, StringComparison.Ordinal)
        && int.TryParse(text.AsSpan()[before.Length..^after.Length], NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
