namespace Piccolo.Sdk.Functions;

/// <summary>How a host runs functions.</summary>
public sealed record FunctionHostOptions
{
    /// <summary>How many calls run at once; null for one for each processor.</summary>
    public int? RunningMax { get; init; }

    /// <summary>How many accepted calls may wait for their turn.</summary>
    public int WaitingMax { get; init; } = 4096;

    /// <summary>Octets of results kept for repeated calls.</summary>
    public long RetainedOctetsMax { get; init; } = 512L << 20;

    /// <summary>How long a call may run before it is stopped.</summary>
    public TimeSpan JobTimeMax { get; init; } = TimeSpan.FromHours(1);
}
