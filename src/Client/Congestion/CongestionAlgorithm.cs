namespace Piccolo.Client.Congestion;

/// <summary>How a window grows and shrinks.</summary>
public enum CongestionAlgorithm
{
    /// <summary>By a cubic function of the time since the last congestion: <see cref="CubicWindow"/>.</summary>
    Cubic,

    /// <summary>By one segment each round trip, and to half: <see cref="AimdWindow"/>.</summary>
    Aimd,
}
