namespace Piccolo.Client.Congestion;

/// <summary>The limits of a congestion window.</summary>
/// <remarks>Units: segments.</remarks>
public sealed record CongestionWindowOptions
{
    /// <summary>Which algorithm moves the window.</summary>
    public CongestionAlgorithm Algorithm { get; init; } = CongestionAlgorithm.Cubic;

    /// <summary>Where it starts.</summary>
    public int Initial { get; init; } = 8;

    /// <summary>It never gets smaller.</summary>
    public int Min { get; init; } = 2;

    /// <summary>It never gets larger.</summary>
    public int Max { get; init; } = 1024;

    /// <summary>Makes a window of the chosen algorithm.</summary>
    public ICongestionWindow Create() =>
        Algorithm == CongestionAlgorithm.Aimd ? new AimdWindow(this) : new CubicWindow(this);

    /// <summary>Throws for limits that make no range.</summary>
    /// <exception cref="ArgumentException">Not 1 &lt;= Min &lt;= Initial &lt;= Max &lt;= 2^20.</exception>
    internal void Validate()
    {
        if (Min < 1 || Initial < Min || Max < Initial || Max > 1 << 20)
        {
            throw new ArgumentException($"a window from {Min} over {Initial} to {Max} segments makes no range");
        }
    }
}
