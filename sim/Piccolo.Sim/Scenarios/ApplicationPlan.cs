using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;

namespace Piccolo.Sim.Scenarios;

/// <summary>What an entry of <c>applications</c> puts on each of its nodes.</summary>
public sealed record ApplicationPlan
{
    /// <summary>Makes the application of a node, whose name it is given.</summary>
    public required Func<string, SimApplication> Make { get; init; }

    /// <summary>Prefixes that it answers on a node.</summary>
    public Func<string, IReadOnlyList<Name>> Serves { get; init; } = static _ => [];

    /// <summary>Prefixes that it asks for on a node, each of which must have a producer within reach.</summary>
    public Func<string, IReadOnlyList<Name>> Asks { get; init; } = static _ => [];

    /// <summary>What can be read off it; null takes what its kind has.</summary>
    public IReadOnlyList<ApplicationMetric>? Metrics { get; init; }

    /// <summary>What metrics call it if the entry gives no label; null takes the name of its kind.</summary>
    public string? Label { get; init; }
}
