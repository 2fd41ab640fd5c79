using Piccolo.Ndn.Naming;
using Piccolo.Sim.Engine;

namespace Piccolo.Sim.Applications;

/// <summary>Which function a client calls, how often, with what.</summary>
public sealed record FunctionClientSettings
{
    /// <summary>The function's name.</summary>
    public required Name Function { get; init; }

    /// <summary>The time between two calls, in nanoseconds; null for a client that keeps a number of calls going.</summary>
    public Distribution? Gap { get; init; }

    /// <summary>Calls kept going at once, for a client without a <see cref="Gap"/>; otherwise the most at once.</summary>
    public int Outstanding { get; init; } = 1;

    /// <summary>Calls made at most; 0 for no end.</summary>
    public long CountMax { get; init; }

    /// <summary>Octets of the argument.</summary>
    /// <remarks>Bound: at least 8, which tell one argument from another. Beyond 2,048 the host pulls it from this node.</remarks>
    public int ArgumentOctets { get; init; } = 64;

    /// <summary>Which argument comes next; caches may answer for a pure function's repeated ones. Null for ever new ones.</summary>
    public ZipfMandelbrot? Popularity { get; init; }

    /// <summary>The fuel that an argument of <c>burn</c> asks for; it then begins with this number. 0 for other functions.</summary>
    public ulong Fuel { get; init; }

    /// <summary>How long a call may take, everything included.</summary>
    /// <remarks>Units: nanoseconds of virtual time.</remarks>
    public long TimeoutNs { get; init; } = 30_000_000_000;

    /// <summary>Whether calls go past all caches to the function.</summary>
    public bool BypassCaches { get; init; }

    /// <summary>The prefix under which the host pulls large arguments; it must be routed to this node.</summary>
    public Name? ReplyPrefix { get; init; }

    /// <summary>Which of <see cref="SampleFunctions"/> it is, so that results can be checked; null checks no result.</summary>
    public string? Kind { get; init; }
}
