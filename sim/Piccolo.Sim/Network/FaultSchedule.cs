using Piccolo.Sim.Engine;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Network;

/// <summary>Which links and nodes fail, when, and for how long: at given times, by chance, by partition.</summary>
/// <remarks>
/// A description only. <see cref="Expand"/> turns it into a list of actions before the run, so that what fails does not depend on what
/// happens. Faults of several causes may overlap: a component is down while any cause has it down, and a node that was down for several
/// reasons keeps its state only if all of them let it.
/// </remarks>
public sealed record FaultSchedule
{
    /// <summary>Links that fail at given times; those of one link must not overlap.</summary>
    public IReadOnlyList<LinkOutage> Links { get; init; } = [];

    /// <summary>Nodes that crash at given times; those of one node must not overlap.</summary>
    public IReadOnlyList<NodeOutage> Nodes { get; init; } = [];

    /// <summary>Times at which the network falls into groups.</summary>
    public IReadOnlyList<NetworkPartition> Partitions { get; init; } = [];

    /// <summary>Links that fail by chance.</summary>
    public IReadOnlyList<RandomLinkFaults> RandomLinks { get; init; } = [];

    /// <summary>Nodes that crash by chance.</summary>
    public IReadOnlyList<RandomNodeFaults> RandomNodes { get; init; } = [];

    /// <summary>What happens in a run.</summary>
    /// <param name="topology">The network.</param>
    /// <param name="random">The run's randomness; each component has a stream of its own.</param>
    /// <param name="endNs">The end of the run; nothing happens from then on.</param>
    /// <param name="where">The place of the schedule, for messages: <c>FILE:LINE</c> or <c>FILE:LINE: $.path</c>.</param>
    /// <returns>In order of time, each component by turns down and up.</returns>
    /// <exception cref="ScenarioException">
    /// A name is unknown, a time is negative, an end comes before its beginning, two outages of a component overlap.
    /// </exception>
    public IReadOnlyList<FaultAction> Expand(Topology topology, RandomStreams random, long endNs, string where = "")
    {
        ArgumentNullException.ThrowIfNull(topology);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(where);
        return new FaultScheduleExpansion(this, topology, random, endNs, where).Run();
    }
}
