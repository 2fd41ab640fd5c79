namespace Piccolo.Compute.Agent;

/// <summary>What a compute agent did, since it started.</summary>
public sealed class AgentCounters
{
    /// <summary>Calls that were handed to an environment.</summary>
    public ulong Invoked { get; internal set; }

    /// <summary>Calls whose arguments did not fit the function.</summary>
    public ulong BadArguments { get; internal set; }

    /// <summary>Calls that ended with a result.</summary>
    public ulong Succeeded { get; internal set; }

    /// <summary>Calls that ended with an error of the function or its environment.</summary>
    public ulong Failed { get; internal set; }

    /// <summary>Fuel that calls used.</summary>
    public ulong FuelUsed { get; internal set; }

    /// <summary>Reports of environments about calls and operations that are not known.</summary>
    public ulong StrayReports { get; internal set; }
}
