using System.Globalization;

namespace Piccolo.Sim.Topologies;

/// <summary>What all readers share: nodes and links are collected, and refused with file and line.</summary>
internal sealed class TopologyBuilder(string file, LinkSettings defaults, TopologyLimits limits)
{
    private readonly List<TopologyNode> _nodes = [];
    private readonly List<int> _nodeLines = [];
    private readonly List<TopologyLink> _links = [];
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly Dictionary<long, int> _pairLines = [];
    private readonly List<string> _warnings = [];

    internal LinkSettings Defaults { get; } = defaults;

    internal TopologyLimits Limits { get; } = limits;

    internal int NodeCount => _nodes.Count;

    internal string Place(int line) => string.Create(CultureInfo.InvariantCulture, $"{file}:{line}");

    internal ScenarioException Error(int line, string reason) => new($"{Place(line)}: {reason}");

    internal int AddNode(int line, string name, double x, double y, string kind)
    {
        CheckName(line, name);
        if (_nodes.Count >= Limits.Nodes)
        {
            throw Error(line, $"there are more than {Limits.Nodes} nodes");
        }

        if (!_indexes.TryAdd(name, _nodes.Count))
        {
            throw Error(line, $"node '{Quote.Clip(name)}' was defined before, in line {_nodeLines[_indexes[name]]}");
        }

        _nodes.Add(new TopologyNode(name, x, y, kind));
        _nodeLines.Add(line);
        return _nodes.Count - 1;
    }

    internal int IndexOf(string name) => _indexes.GetValueOrDefault(name, -1);

    internal int RequireNode(int line, string name)
    {
        int index = IndexOf(name);
        return index >= 0 ? index : throw Error(line, $"there is no node '{Quote.Clip(name)}'; define it before its links");
    }

    /// <summary>The line of the link between two nodes, in either direction, or 0.</summary>
    internal int LineOfLink(int a, int b) => _pairLines.GetValueOrDefault(Pair(a, b));

    /// <summary>Adds a link that must be the only one between its nodes.</summary>
    internal void AddOnlyLink(int line, int a, int b, LinkSettings settings)
    {
        int before = LineOfLink(a, b);
        if (before > 0)
        {
            throw Error(line, $"link {NameOf(a)} - {NameOf(b)} was defined before, in line {before}; links work both ways");
        }

        AddLink(line, a, b, settings);
    }

    internal void AddLink(int line, int a, int b, LinkSettings settings)
    {
        if (a == b)
        {
            LeaveOutSelfLoop(line, a);
            return;
        }

        if (_links.Count >= Limits.Links)
        {
            throw Error(line, $"there are more than {Limits.Links} links");
        }

        settings.Validate(Place(line));
        _pairLines.TryAdd(Pair(a, b), line);
        _links.Add(new TopologyLink(a, b, settings));
    }

    internal long Rate(int line, string text, string unitIfNone) =>
        UnitText.TryRate(text, unitIfNone, Limits.RateBps, out long rate, out string reason) ? rate : throw Error(line, reason);

    internal long Delay(int line, string text, string unitIfNone) =>
        UnitText.TryDelay(text, unitIfNone, Limits.DelayNs, out long delay, out string reason) ? delay : throw Error(line, reason);

    internal double Coordinate(int line, string text, string what)
    {
        bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
        return isNumber && Math.Abs(value) <= 1e12
            ? value
            : throw Error(line, $"'{Quote.Clip(text)}' is no {what}; write a number");
    }

    internal int Whole(int line, string text, string what, int minimum, int maximum = int.MaxValue)
    {
        bool isNumber = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value);
        return isNumber && value >= minimum && value <= maximum
            ? value
            : throw Error(line, $"'{Quote.Clip(text)}' is no {what}; write a whole number from {minimum} to {maximum}");
    }

    internal string NameOf(int node) => Quote.Clip(_nodes[node].Name);

    internal Topology Build()
    {
        if (_nodes.Count == 0)
        {
            throw Error(1, "there is no node in this file");
        }

        return new Topology(_nodes.ToArray(), _links.ToArray()) { Warnings = _warnings.ToArray() };
    }

    private void LeaveOutSelfLoop(int line, int node)
    {
        string reason = $"a link leads from '{NameOf(node)}' to itself";
        if (_warnings.Count >= Limits.SelfLoops)
        {
            throw Error(line, Limits.SelfLoops == 0 ? reason : $"{reason}, as {Limits.SelfLoops} did before");
        }

        _warnings.Add($"{Place(line)}: {reason}; it is left out");
    }

    private static long Pair(int a, int b) => ((long)Math.Min(a, b) << 32) | (uint)Math.Max(a, b);

    private void CheckName(int line, string name)
    {
        if (name.Length == 0)
        {
            throw Error(line, "a node has an empty name");
        }

        if (name.Length > Limits.NameLength)
        {
            throw Error(line, $"the name '{Quote.Clip(name)}' has {name.Length} characters; at most {Limits.NameLength} are possible");
        }
    }
}
