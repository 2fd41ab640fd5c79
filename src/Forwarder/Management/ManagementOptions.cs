namespace Piccolo.Forwarder.Management;

/// <summary>How the management of a forwarder behaves, and its limits.</summary>
public sealed record ManagementOptions
{
    /// <summary>Whether neighbours may register prefixes under <c>/localhop/nfd/rib</c>.</summary>
    public bool IsLocalhopRibEnabled { get; init; }

    /// <summary>Schemes that <c>faces/create</c> accepts; for others there is no way to make a face.</summary>
    public IReadOnlyList<string> CreatableSchemes { get; init; } = ["udp4", "udp6", "tcp4", "tcp6"];

    /// <summary>Face creations in progress at once; more are refused.</summary>
    public int FaceCreationCountMax { get; init; } = 64;

    /// <summary>Commands that may wait for the same face creation.</summary>
    public int WaiterCountMax { get; init; } = 16;

    /// <summary>How long a face creation may take before it is answered 504.</summary>
    public TimeSpan FaceCreationTimeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long the segments of a dataset stay available after they were last asked for.</summary>
    public TimeSpan DatasetLifetime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Most datasets kept at once; the oldest gives way.</summary>
    public int DatasetCountMax { get; init; } = 32;

    /// <summary>Most octets of datasets kept at once; a single dataset beyond is refused.</summary>
    public int DatasetOctetsMax { get; init; } = 64 * 1024 * 1024;

    /// <summary>Content of one segment of a dataset.</summary>
    /// <remarks>Units: octets.</remarks>
    public int SegmentOctetsMax { get; init; } = 8000;

    /// <summary>Past face events that can still be asked for.</summary>
    public int EventHistoryCount { get; init; } = 64;

    /// <summary>Most packets that one <c>cs/erase</c> erases.</summary>
    public int EraseCountMax { get; init; } = 256;

    /// <summary>Routes that expire in one call of the time-out handler.</summary>
    public int ExpiriesPerCallMax { get; init; } = 1024;

    /// <summary>Most routes in the RIB; more are refused.</summary>
    public int RouteCountMax { get; init; } = 1_000_000;

    /// <summary>Most components of a prefix in a table.</summary>
    public int NameDepthMax { get; init; } = 32;
}
