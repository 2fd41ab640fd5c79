using System.Globalization;
using System.Text;

namespace Piccolo.Sim.Topologies;

/// <summary>Draws topologies as SVG.</summary>
/// <remarks>
/// Nodes stand where the topology says, or in rings around the best linked one where it says nothing. Kinds have colours, faster links
/// are thicker, names are written while there are few nodes, and pointing at a node or a link tells what it is. The same topology gives
/// the same octets.
/// </remarks>
public static class TopologyDrawing
{
    private const int NamedNodesMax = 150;
    private const int NamedLinksMax = 40;
    private const double Margin = 48;
    private const double ShortLink = 80;

    private static readonly string[] Colours =
        ["#1f6f8b", "#c8553d", "#5a8f3c", "#8a5aa8", "#b98b1d", "#3d5a98", "#a8456f", "#666666"];

    /// <summary>Draws a topology.</summary>
    /// <param name="topology">The topology.</param>
    /// <param name="title">What stands above it, or nothing.</param>
    /// <param name="width">How wide the picture is; it is as high as the places ask, at most as wide.</param>
    /// <remarks>Units: pixels.</remarks>
    public static string ToSvg(Topology topology, string title = "", int width = 900)
    {
        ArgumentNullException.ThrowIfNull(topology);
        ArgumentNullException.ThrowIfNull(title);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 200);
        (double X, double Y)[] places = Fit(PlacesOf(topology), width, out double height);
        double top = title.Length > 0 ? 30 : 0;
        string[] kinds = [.. topology.Nodes.Select(node => node.Kind).Where(kind => kind.Length > 0).Distinct(StringComparer.Ordinal)];
        double total = height + top + (kinds.Length > 1 ? 24 : 0);
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {total:0.#}\" ")
            .Append(CultureInfo.InvariantCulture, $"width=\"{width}\" height=\"{total:0.#}\" role=\"img\" ")
            .Append("font-family=\"sans-serif\" font-size=\"11\">\n")
            .Append(CultureInfo.InvariantCulture, $"<title>{Escape(title.Length > 0 ? title : "Topology")}</title>\n")
            .Append(CultureInfo.InvariantCulture, $"<rect width=\"{width}\" height=\"{total:0.#}\" fill=\"#ffffff\"/>\n");
        if (title.Length > 0)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{width / 2}\" y=\"24\" font-size=\"15\" text-anchor=\"middle\">")
                .Append(Escape(title)).Append("</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate(0 {top:0.#})\">\n");
        DrawLinks(svg, topology, places);
        DrawNodes(svg, topology, places, kinds);
        svg.Append("</g>\n");
        if (kinds.Length > 1)
        {
            DrawLegend(svg, kinds, total - 10);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static (double X, double Y)[] PlacesOf(Topology topology)
    {
        (double X, double Y)[] places = [.. topology.Nodes.Select(node => (node.X, node.Y))];
        int different = places.Distinct().Count();
        return different * 2 > places.Length || places.Length <= 1 ? places : RadialLayout.Of(topology);
    }

    private static (double X, double Y)[] Fit((double X, double Y)[] places, int width, out double height)
    {
        if (places.Length == 0)
        {
            height = 2 * Margin;
            return places;
        }

        double left = places.Min(place => place.X);
        double upper = places.Min(place => place.Y);
        double spanX = places.Max(place => place.X) - left;
        double spanY = places.Max(place => place.Y) - upper;
        double inner = width - 2 * Margin;
        double span = Math.Max(spanX, spanY);
        double scale = span > 0 ? inner / span : 0;
        double shift = Margin + (inner - spanX * scale) / 2;
        height = spanY * scale + 2 * Margin;
        return [.. places.Select(place => (shift + (place.X - left) * scale, Margin + (place.Y - upper) * scale))];
    }

    private static void DrawLinks(StringBuilder svg, Topology topology, (double X, double Y)[] places)
    {
        long[] rates = [.. topology.Links.Select(Speed).Distinct().Order()];
        svg.Append("<g stroke=\"#9aa5ad\">\n");
        foreach (TopologyLink link in topology.Links)
        {
            // Thickness goes by rank among the rates that occur, from 1 to 4.
            double thickness = rates.Length == 1 ? 1.5 : 1 + 3.0 * Array.BinarySearch(rates, Speed(link)) / (rates.Length - 1);
            (double x, double y) = places[link.A];
            (double toX, double toY) = places[link.B];
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x:0.#}\" y1=\"{y:0.#}\" x2=\"{toX:0.#}\" y2=\"{toY:0.#}\" ")
                .Append(CultureInfo.InvariantCulture, $"stroke-width=\"{thickness:0.##}\"><title>")
                .Append(Escape(topology.Nodes[link.A].Name)).Append(" - ").Append(Escape(topology.Nodes[link.B].Name))
                .Append(CultureInfo.InvariantCulture, $": {Label(link)}, metric {link.Settings.Metric}</title></line>\n");
        }

        svg.Append("</g>\n");
        if (topology.Links.Count <= NamedLinksMax)
        {
            svg.Append("<g fill=\"#5f6b73\" font-size=\"9\" text-anchor=\"middle\">\n");
            foreach (TopologyLink link in topology.Links)
            {
                double x = (places[link.A].X + places[link.B].X) / 2;
                double y = (places[link.A].Y + places[link.B].Y) / 2 - 3;
                double across = places[link.A].X - places[link.B].X;
                double down = places[link.A].Y - places[link.B].Y;
                if (across * across + down * down < ShortLink * ShortLink)
                {
                    continue;
                }

                svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\">{Label(link)}</text>\n");
            }

            svg.Append("</g>\n");
        }
    }

    private static void DrawNodes(StringBuilder svg, Topology topology, (double X, double Y)[] places, string[] kinds)
    {
        bool isNamed = topology.Nodes.Count <= NamedNodesMax;
        double radius = topology.Nodes.Count <= 30 ? 9 : isNamed ? 6 : topology.Nodes.Count <= 2000 ? 3.5 : 1.5;
        svg.Append("<g stroke=\"#ffffff\">\n");
        for (int i = 0; i < places.Length; i++)
        {
            TopologyNode node = topology.Nodes[i];
            string kind = node.Kind.Length > 0 ? $" ({node.Kind})" : "";
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{places[i].X:0.#}\" cy=\"{places[i].Y:0.#}\" r=\"{radius:0.#}\" ")
                .Append(CultureInfo.InvariantCulture, $"fill=\"{ColourOf(node.Kind, kinds)}\">")
                .Append("<title>").Append(Escape(node.Name + kind)).Append("</title></circle>\n");
        }

        svg.Append("</g>\n");
        if (isNamed)
        {
            // A name that would lie over another one is left out: pointing at the node tells it.
            List<(double X, double Y, double Half)> taken = [];
            svg.Append("<g fill=\"#22292e\" text-anchor=\"middle\">\n");
            for (int i = 0; i < places.Length; i++)
            {
                double x = places[i].X;
                double y = places[i].Y + radius + 12;
                double half = 3.2 * topology.Nodes[i].Name.Length;
                if (taken.Exists(other => Math.Abs(other.Y - y) < 11 && Math.Abs(other.X - x) < other.Half + half))
                {
                    continue;
                }

                taken.Add((x, y, half));
                svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{places[i].X:0.#}\" y=\"{y:0.#}\">")
                    .Append(Escape(topology.Nodes[i].Name)).Append("</text>\n");
            }

            svg.Append("</g>\n");
        }
    }

    private static void DrawLegend(StringBuilder svg, string[] kinds, double y)
    {
        double x = Margin;
        foreach (string kind in kinds.AsSpan(0, Math.Min(kinds.Length, Colours.Length)))
        {
            string colour = ColourOf(kind, kinds);
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:0.#}\" cy=\"{y - 4:0.#}\" r=\"5\" fill=\"{colour}\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text x=\"{x + 10:0.#}\" y=\"{y:0.#}\">{Escape(kind)}</text>\n");
            x += 30 + 6.5 * kind.Length;
        }
    }

    private static string ColourOf(string kind, string[] kinds) =>
        Colours[Math.Clamp(Array.IndexOf(kinds, kind), 0, Colours.Length - 1)];

    private static long Speed(TopologyLink link) => link.Settings.RateBps == 0 ? long.MaxValue : link.Settings.RateBps;

    private static string Label(TopologyLink link) =>
        $"{UnitText.FormatRate(link.Settings.RateBps)} {UnitText.FormatDelay(link.Settings.DelayNs)}";

    private static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            // What XML cannot hold, escaped or not, is shown as a question mark.
            bool isAllowed = rune.Value is '\t' or '\n' or '\r' || (rune.Value >= 0x20 && rune.Value is not (0xFFFE or 0xFFFF));
            escaped.Append(rune.Value switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '"' => "&quot;",
                _ => isAllowed ? rune.ToString() : "?",
            });
        }

        return escaped.ToString();
    }
}
