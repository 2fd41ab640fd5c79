namespace Piccolo.Sim.Measuring;

/// <summary>What is measured in a run, and how much of it is written.</summary>
/// <remarks>Nothing is drawn by chance: the same settings pick the same nodes and samples in every run.</remarks>
public sealed record TraceSettings
{
    /// <summary>Which traces.</summary>
    public TraceKinds Kinds { get; init; }

    /// <summary>How often the network is looked at.</summary>
    /// <remarks>Units: nanoseconds. Half a second is ndnSIM's choice.</remarks>
    public long PeriodNs { get; init; } = 500_000_000;

    /// <summary>The nodes that are traced, by name; empty for all.</summary>
    public IReadOnlyList<string> Nodes { get; init; } = [];

    /// <summary>Of these, every Nth: 10 traces the first, the eleventh and so on.</summary>
    public int NodeStride { get; init; } = 1;

    /// <summary>Of the delays and calls of a node, every Nth is written. The summary counts all.</summary>
    public int SampleStride { get; init; } = 1;

    /// <summary>Rows of each trace at most; the summary tells how many were left out.</summary>
    public long RowsMax { get; init; } = 5_000_000;

    /// <summary>Links that are captured as pcap.</summary>
    public IReadOnlyList<CaptureSettings> Captures { get; init; } = [];

    /// <summary>Whether rows are kept in memory too, for figures; it costs some 200 octets a row.</summary>
    public bool KeepsTables { get; init; }

    /// <summary>Refuses what makes no sense.</summary>
    /// <exception cref="ScenarioException">A period or stride is not positive, or a limit is negative.</exception>
    internal void Validate()
    {
        Require(PeriodNs > 0, $"the period of traces is {PeriodNs} ns; it must be more than 0");
        Require(NodeStride > 0, $"the node stride of traces is {NodeStride}; 1 traces every node");
        Require(SampleStride > 0, $"the sample stride of traces is {SampleStride}; 1 writes every sample");
        Require(RowsMax >= 0, $"the limit of rows is {RowsMax}; it cannot be negative");
    }

    private static void Require(bool holds, string reason)
    {
        if (!holds)
        {
            throw new ScenarioException(reason);
        }
    }
}
