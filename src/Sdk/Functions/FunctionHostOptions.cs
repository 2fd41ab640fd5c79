namespace Piccolo.Sdk.Functions;

/// <summary>How a host runs functions.</summary>
public sealed record FunctionHostOptions
{
    /// <summary>How many calls run at once; null for as many as the scheduler runs, on the thread pool one for each processor.</summary>
    public int? RunningMax { get; init; }

    /// <summary>Told of each amount of fuel in the moment in which a function charges it, on the thread that runs the function.</summary>
    /// <remarks>Units: about one simple instruction each. A simulation makes it virtual time.</remarks>
    public Action<ulong>? FuelCharged { get; init; }

    /// <summary>How many accepted calls may wait for their turn.</summary>
    public int WaitingMax { get; init; } = 4096;

    /// <summary>Octets of results kept for repeated calls.</summary>
    public long RetainedOctetsMax { get; init; } = 512L << 20;

    /// <summary>How long a call may run before it is stopped.</summary>
    public TimeSpan JobTimeMax { get; init; } = TimeSpan.FromHours(1);
}
