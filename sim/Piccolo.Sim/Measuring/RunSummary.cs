namespace Piccolo.Sim.Measuring;

/// <summary>A run in numbers: what <c>pcl-sim</c> prints as a table and writes as <c>summary.json</c>.</summary>
/// <remarks>
/// Everything here is the same for the same scenario, seed and version, on any machine; wall time is not part of it.
/// </remarks>
public sealed record RunSummary
{
    /// <summary>The scenario's name.</summary>
    public string Scenario { get; init; } = "";

    /// <summary>The seed.</summary>
    public ulong Seed { get; init; }

    /// <summary>How long it was in virtual time.</summary>
    /// <remarks>Units: nanoseconds.</remarks>
    public long VirtualNs { get; init; }

    /// <summary>Events that were executed.</summary>
    public long EventCount { get; init; }

    /// <summary>What tells two runs apart.</summary>
    public ulong Digest { get; init; }

    /// <summary>Nodes of the topology.</summary>
    public int NodeCount { get; init; }

    /// <summary>Links of the topology.</summary>
    public int LinkCount { get; init; }

    /// <summary>Interests that applications sent into their forwarders, repetitions included.</summary>
    public long ApplicationInterests { get; init; }

    /// <summary>Data that came back to applications.</summary>
    public long ApplicationData { get; init; }

    /// <summary>Nacks that came back to applications.</summary>
    public long ApplicationNacks { get; init; }

    /// <summary>How often an application waited for Data in vain and sent again, or gave up.</summary>
    public long ApplicationTimeouts { get; init; }

    /// <summary>Pending Interests that ended with Data, over all nodes.</summary>
    public long SatisfiedEntries { get; init; }

    /// <summary>Pending Interests that ended without, over all nodes: timeouts and Nacks.</summary>
    public long UnsatisfiedEntries { get; init; }

    /// <summary>Interests answered from content stores.</summary>
    public long ContentStoreHits { get; init; }

    /// <summary>Interests looked for in content stores in vain.</summary>
    public long ContentStoreMisses { get; init; }

    /// <summary>Frames that were handed to links.</summary>
    public long LinkFramesSent { get; init; }

    /// <summary>Frames that links delivered.</summary>
    public long LinkFramesDelivered { get; init; }

    /// <summary>Octets that links delivered.</summary>
    public long LinkOctetsDelivered { get; init; }

    /// <summary>Mean share of its rate that a direction of a link was used at, 0 to 1; those without a rate do not count.</summary>
    public double UtilisationMean { get; init; }

    /// <summary>The largest such share.</summary>
    public double UtilisationMax { get; init; }

    /// <summary>The direction of that link, <c>FROM to TO</c>.</summary>
    public string BusiestLink { get; init; } = "";

    /// <summary>Drops by cause, those that occurred, in a fixed order: links first, then forwarders.</summary>
    public IReadOnlyList<SummaryCount> Drops { get; init; } = [];

    /// <summary>From the first transmission of an application's Interest to its Data; null where no application told.</summary>
    public DelaySummary? Delay { get; init; }

    /// <summary>Calls of functions by outcome, in the order of names.</summary>
    public IReadOnlyList<SummaryCount> Calls { get; init; } = [];

    /// <summary>How long calls took; null where there was none.</summary>
    public DelaySummary? CallDuration { get; init; }

    /// <summary>The traces that were written.</summary>
    public IReadOnlyList<TraceSummary> Traces { get; init; } = [];

    /// <summary>Share of the applications' Interests that Data came back for, 0 to 1; 0 where none was sent.</summary>
    public double SatisfactionRatio => Ratio(ApplicationData, ApplicationInterests);

    /// <summary>Share of look-ups in content stores that hit, 0 to 1; 0 where there was none.</summary>
    public double ContentStoreHitRatio => Ratio(ContentStoreHits, ContentStoreHits + ContentStoreMisses);

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : part / (double)whole;
}
