using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Piccolo.Bench.Sim;

/// <summary>Draws the stacks that <c>perf script</c> prints: a box for each function, as wide as the time spent in and below it.</summary>
/// <remarks>
/// <c>bench/run flame STACKS.txt OUT.svg TITLE</c>; docs/performance.md says how to record. Source: B. Gregg, "The flame graph", 2016.
/// </remarks>
internal static partial class FlameGraph
{
    private const int Width = 1200;
    private const int RowHeight = 16;
    private const int Margin = 10;
    private const int HeaderHeight = 40;
    private const double LetterWidth = 6.3;
    private const double NarrowestBox = 0.4;
    private const string Root = "Partition.RunBefore";

    /// <summary>Reads, folds, draws.</summary>
    public static int Run(string stacksPath, string svgPath, string title)
    {
        var root = new Frame("all");
        foreach (List<string> stack in Stacks(stacksPath))
        {
            // What is above the kernel's loop (the host, the benchmark) says nothing; the last one counts, for a call may be inlined.
            int from = stack.FindIndex(static name => name.StartsWith(Root, StringComparison.Ordinal));
            if (from >= 0)
            {
                root.Add(stack, from);
            }
        }

        File.WriteAllText(svgPath, Draw(root, title));
        Console.WriteLine($"{root.Samples:N0} samples to {svgPath}");
        return 0;
    }

    /// <summary>The stacks of the main thread, outermost function first.</summary>
    private static IEnumerable<List<string>> Stacks(string path)
    {
        List<string> stack = [];
        foreach (string line in File.ReadLines(path))
        {
            Match match = StackLine().Match(line);
            if (match.Success)
            {
                stack.Insert(0, Shorten(match.Groups[1].Value));
            }
            else if (line.Length == 0)
            {
                yield return stack;
                stack = [];
            }
        }
    }

    /// <summary>Type and method of a compiled method, without assembly, namespace, arguments and compiler's tier.</summary>
    private static string Shorten(string symbol)
    {
        Match match = Method().Match(AssemblyOrTier().Replace(symbol, ""));
        return match.Success
            ? $"{match.Groups[1].Value.Split('.')[^1]}.{match.Groups[2].Value.Split('.')[^1]}"
            : symbol.StartsWith("[unknown]", StringComparison.Ordinal) ? "native" : symbol;
    }

    private static string Draw(Frame root, string title)
    {
        int depth = root.Depth();
        int height = HeaderHeight + ((depth + 1) * RowHeight) + Margin;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" font-family="monospace" font-size="11">
            <rect width="100%" height="100%" fill="#fff"/>
            <text x="{Width / 2}" y="24" text-anchor="middle" font-size="15">{WebUtility.HtmlEncode(title)}</text>

            """);
        DrawFrame(svg, root, Margin, height - Margin - RowHeight, (double)(Width - (2 * Margin)) / Math.Max(1, root.Samples), root.Samples);
        return svg.Append("</svg>\n").ToString();
    }

    private static void DrawFrame(StringBuilder svg, Frame frame, double x, int y, double scale, int total)
    {
        double width = frame.Samples * scale;
        if (width < NarrowestBox)
        {
            return;
        }

        string share = (100.0 * frame.Samples / total).ToString("F1", CultureInfo.InvariantCulture);
        int letters = (int)((width - 4) / LetterWidth);
        string label = letters < 3 ? "" : frame.Name.Length <= letters ? frame.Name : frame.Name[..(letters - 1)] + "…";
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<g><title>{WebUtility.HtmlEncode(frame.Name)}: {share} %</title><rect x=\"{x:F1}\" y=\"{y}\" width=\"{width:F1}\" ");
        svg.Append(CultureInfo.InvariantCulture, $"height=\"{RowHeight - 1}\" fill=\"{Colour(frame.Name)}\"/>");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{x + 2:F1}\" y=\"{y + RowHeight - 5}\">{WebUtility.HtmlEncode(label)}</text></g>\n");
        foreach (Frame child in frame.Children)
        {
            DrawFrame(svg, child, x, y - RowHeight, scale, total);
            x += child.Samples * scale;
        }
    }

    private static string Colour(string name) => name.Split('.')[0] switch
    {
        "native" or "SpanHelpers" or "Buffer" => "#d9d9d9",
        "Partition" or "EventQueue" or "EventHeap" or "EventRung"
            or "SimNode" or "SimTimer" or "LinkDirection" or "OctetBuffers" => "#9ecae1",
        "Consumer" or "Producer" or "SimApplication" or "ApplicationFace" => "#c7e9c0",
        _ => "#fdbe85",
    };

    [GeneratedRegex(@"^\s+[0-9a-f]+ (.*)$")]
    private static partial Regex StackLine();

    [GeneratedRegex(@"\[[A-Z][\w.]*\]|\[\w+\]$")]
    private static partial Regex AssemblyOrTier();

    [GeneratedRegex(@"([\w.`+<>|]+)::([\w.<>`|]+)")]
    private static partial Regex Method();

    private sealed class Frame(string name)
    {
        private readonly SortedDictionary<string, Frame> _children = new(StringComparer.Ordinal);

        public string Name { get; } = name;

        public int Samples { get; private set; }

        public IEnumerable<Frame> Children => _children.Values;

        public void Add(List<string> stack, int at)
        {
            Samples++;
            if (at == stack.Count)
            {
                return;
            }

            if (!_children.TryGetValue(stack[at], out Frame? child))
            {
                _children.Add(stack[at], child = new Frame(stack[at]));
            }

            child.Add(stack, at + 1);
        }

        public int Depth() => _children.Count == 0 ? 1 : 1 + _children.Values.Max(static child => child.Depth());
    }
}
