namespace Piccolo.Sim.Measuring;

/// <summary>The columns of each trace.</summary>
/// <remarks>
/// Source: ndnSIM 2.8, utils/tracers, for the first four; <c>PacketRaw</c> and <c>PacketsRaw</c> differ as they do there.
/// </remarks>
public static class TraceColumns
{
    /// <summary>Packets of each face and kind.</summary>
    public static IReadOnlyList<string> L3Rate { get; } =
        ["Time", "Node", "FaceId", "FaceDescr", "Type", "Packets", "Kilobytes", "PacketRaw", "KilobytesRaw"];

    /// <summary>Delays that applications saw.</summary>
    public static IReadOnlyList<string> AppDelay { get; } =
        ["Time", "Node", "AppId", "SeqNo", "Type", "DelayS", "DelayUS", "RetxCount", "HopCount"];

    /// <summary>Hits and misses of content stores.</summary>
    public static IReadOnlyList<string> ContentStore { get; } = ["Time", "Node", "Type", "Packets"];

    /// <summary>Drops of queues.</summary>
    public static IReadOnlyList<string> L2Rate { get; } =
        ["Time", "Node", "Interface", "Type", "Packets", "Kilobytes", "PacketsRaw", "KilobytesRaw"];

    /// <summary>Sizes of the tables of nodes, over time.</summary>
    public static IReadOnlyList<string> Nodes { get; } =
        ["Time", "Node", "PitEntries", "PitRecords", "CsEntries", "CsEvicted", "FibEntries", "DeadNonces", "SendQueueOctets"];

    /// <summary>Queues and counts of each direction of each link, over time; counts are those of the period.</summary>
    public static IReadOnlyList<string> Links { get; } =
    [
        "Time", "From", "To", "Queued", "QueuedOctets", "OnTheWay", "Sent", "Delivered", "DeliveredOctets", "Utilisation",
        "DroppedQueue", "DroppedLoss", "DroppedDown", "Corrupted", "Duplicated",
    ];

    /// <summary>Calls of functions.</summary>
    public static IReadOnlyList<string> Calls { get; } =
        ["Began", "Ended", "Node", "AppId", "Function", "Answered", "Outcome", "Fuel", "DurationS"];
}
