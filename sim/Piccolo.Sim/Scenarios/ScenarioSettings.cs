using Piccolo.Sim.Measuring;
using Piccolo.Sim.Network;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Reports;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Scenarios;

/// <summary>A scenario with everything decided: what a file says for one seed and one set of parameters, or what C# code made.</summary>
public sealed record ScenarioSettings
{
    /// <summary>What reports call it.</summary>
    public string Name { get; init; } = "scenario";

    /// <summary>What it shows, for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>Everything random in the run comes from it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How long it runs.</summary>
    /// <remarks>Units: nanoseconds of virtual time.</remarks>
    public long DurationNs { get; init; } = 10_000_000_000;

    /// <summary>Threads that run the network side by side; the result does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Nodes and links.</summary>
    public required Topology Topology { get; init; }

    /// <summary>What nodes are made of, where <see cref="Nodes"/> does not say.</summary>
    public NodeSettings NodeDefaults { get; init; } = new();

    /// <summary>What single nodes are made of, by their index in the topology.</summary>
    public IReadOnlyDictionary<int, NodeSettings> Nodes { get; init; } = new Dictionary<int, NodeSettings>();

    /// <summary>Strategies of prefixes, set in this order.</summary>
    public IReadOnlyList<StrategySetting> Strategies { get; init; } = [];

    /// <summary>How Interests find producers.</summary>
    public RouteSettings Routes { get; init; } = new();

    /// <summary>What runs on nodes, in the order in which it is added.</summary>
    public IReadOnlyList<ApplicationSettings> Applications { get; init; } = [];

    /// <summary>What fails.</summary>
    public FaultSchedule Faults { get; init; } = new();

    /// <summary>What is measured.</summary>
    public TraceSettings Traces { get; init; } = new();

    /// <summary>What is drawn of it.</summary>
    public IReadOnlyList<FigureSettings> Figures { get; init; } = [];

    /// <summary>What must hold at the end.</summary>
    public IReadOnlyList<Expectation> Expectations { get; init; } = [];

    /// <summary>Where it came from, as messages begin; empty for C# code.</summary>
    public string File { get; init; } = "";

    /// <summary>On which line of that file what stands; null for C# code.</summary>
    internal Shapes.ScenarioLines? Lines { get; init; }

    /// <summary>The same error with the line of the path that it names.</summary>
    internal ScenarioException Located(ScenarioException error) =>
        Lines?.Locate(File, error.Message) is string message ? new ScenarioException(message, error) : error;
}
