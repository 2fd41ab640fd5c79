namespace Piccolo.Client.Management;

/// <summary>What a route is to be like; what is null the forwarder decides.</summary>
public sealed record RouteRequest
{
    /// <summary>The face it leads to; null is the face that the command comes from.</summary>
    public ulong? FaceId { get; init; }

    /// <summary>Who makes it, see <see cref="Piccolo.Ndn.Management.RouteOrigin"/>.</summary>
    public ulong? Origin { get; init; }

    /// <summary>The cheapest is preferred.</summary>
    public ulong? Cost { get; init; }

    /// <summary>Inheritance, see <see cref="Piccolo.Ndn.Management.RouteFlags"/>.</summary>
    public ulong? Flags { get; init; }

    /// <summary>Its life; null is until it is removed.</summary>
    /// <remarks>Units: milliseconds.</remarks>
    public ulong? ExpirationPeriodMs { get; init; }
}
