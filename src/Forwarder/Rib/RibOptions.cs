namespace Piccolo.Forwarder.Rib;

/// <summary>Limits of a RIB.</summary>
public sealed record RibOptions
{
    /// <summary>Most routes at once; a registration beyond is refused.</summary>
    public int RouteCountMax { get; init; } = 1_000_000;

    /// <summary>Most components of a prefix.</summary>
    /// <remarks>Source: NFD's FIB takes 32.</remarks>
    public int NameDepthMax { get; init; } = 32;
}
