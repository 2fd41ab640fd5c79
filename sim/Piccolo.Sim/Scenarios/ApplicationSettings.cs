using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;

namespace Piccolo.Sim.Scenarios;

/// <summary>An application of one node.</summary>
public sealed record ApplicationSettings
{
    /// <summary>Index of the node that it runs on.</summary>
    public required int Node { get; init; }

    /// <summary>Makes it; called again after the node restarted.</summary>
    public required Func<SimApplication> Make { get; init; }

    /// <summary>What metrics call it: those of all applications of one label add up.</summary>
    public string Label { get; init; } = "application";

    /// <summary>When it starts.</summary>
    /// <remarks>Units: nanoseconds of virtual time.</remarks>
    public long StartNs { get; init; }

    /// <summary>When it stops for good.</summary>
    public long StopNs { get; init; } = long.MaxValue;

    /// <summary>Prefixes that it answers: automatic routes lead to it.</summary>
    public IReadOnlyList<Name> Serves { get; init; } = [];

    /// <summary>Prefixes that it asks for: each must have a producer that the node can reach.</summary>
    public IReadOnlyList<Name> Asks { get; init; } = [];

    /// <summary>What can be read off it.</summary>
    public IReadOnlyList<ApplicationMetric> Metrics { get; init; } = [];

    /// <summary>Where it is described, for messages: <c>FILE:LINE: $.path</c>.</summary>
    public string Place { get; init; } = "";
}
