using System.Globalization;

namespace Piccolo.Sim;

/// <summary>Something of the simulated world failed: an application threw, or a check that always runs found a fault.</summary>
public sealed class SimulationException : Exception
{
    /// <summary>A fault at a node.</summary>
    /// <param name="what">What happened.</param>
    /// <param name="node">Where; empty for the network as a whole.</param>
    /// <param name="timeNs">When, in nanoseconds of virtual time.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="cause">What was thrown, or null.</param>
    public SimulationException(string what, string node, long timeNs, ulong seed, Exception? cause = null)
        : base(Describe(what, node, timeNs, seed), cause)
    {
        Node = node;
        TimeNs = timeNs;
        Seed = seed;
    }

    /// <summary>Where; empty for the network as a whole.</summary>
    public string Node { get; }

    /// <summary>When, in nanoseconds of virtual time.</summary>
    public long TimeNs { get; }

    /// <summary>The run's seed.</summary>
    public ulong Seed { get; }

    private static string Describe(string what, string node, long timeNs, ulong seed)
    {
        string where = node.Length == 0 ? "the network" : $"node '{node}'";
        string when = string.Create(CultureInfo.InvariantCulture, $"{timeNs / 1_000_000_000}.{timeNs % 1_000_000_000:D9} s");
        return string.Create(CultureInfo.InvariantCulture, $"{where} at {when} (seed {seed}): {what}");
    }
}
