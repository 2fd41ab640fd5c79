using Piccolo.Sim.Measuring;

namespace Piccolo.Sim.Scenarios;

/// <summary>What a run is done with, beside the scenario.</summary>
public sealed record ScenarioRunOptions
{
    /// <summary>The folder of its results; null writes none.</summary>
    public string? Folder { get; init; }

    /// <summary>Threads, instead of the scenario's.</summary>
    public int? Threads { get; init; }

    /// <summary>The end of the run, instead of the scenario's; expectations are then not looked at.</summary>
    /// <remarks>Units: nanoseconds.</remarks>
    public long? UntilNs { get; init; }

    /// <summary>Links to capture, beside the scenario's.</summary>
    public IReadOnlyList<CaptureSettings> Captures { get; init; } = [];
}
