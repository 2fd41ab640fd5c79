using Piccolo.Ndn;

namespace Piccolo.Sim.Nodes;

/// <summary>Translates between the network's time, which nobody in it knows, and a node's own.</summary>
/// <remarks>
/// Exact integer arithmetic; a later network time is never an earlier local time. What would lie after the end of time, at 292 years, is
/// the end of time.
/// </remarks>
public sealed class NodeClock
{
    /// <summary>Unix time at the beginning of each run: 2026-01-01 00:00 UTC.</summary>
    public const long UnixSecondsAtZero = 1_767_225_600;

    private const long Billion = 1_000_000_000;

    private readonly long _skewNs;
    private readonly long _driftPpb;

    internal NodeClock(ClockSettings settings)
    {
        _skewNs = settings.SkewNs;
        _driftPpb = settings.DriftPpb;
    }

    /// <summary>What the node's monotonic clock shows at a network time.</summary>
    public Instant Local(long globalNs) => new(_driftPpb == 0 ? globalNs : Saturated(globalNs, (Int128)globalNs * _driftPpb / Billion));

    /// <summary>What the node's wall clock shows at a network time, in nanoseconds since the Unix epoch.</summary>
    public long UnixNs(long globalNs) => Saturated((UnixSecondsAtZero * Billion) + _skewNs, Local(globalNs).Nanoseconds);

    /// <summary>The first network time at which the node's monotonic clock shows at least this.</summary>
    public long Global(Instant local)
    {
        if (_driftPpb == 0 || local == Instant.Never)
        {
            return local.Nanoseconds;
        }

        long global = ToGlobalDelay(local.Nanoseconds);
        while (Local(global) < local && global < long.MaxValue)
        {
            global++;
        }

        while (global > 0 && Local(global - 1) >= local)
        {
            global--;
        }

        return global;
    }

    /// <summary>How long the network's time runs while the node's runs so long.</summary>
    public long ToGlobalDelay(long localNs) =>
        _driftPpb == 0 ? localNs : Saturated(localNs, -((Int128)localNs * _driftPpb / (Billion + _driftPpb)));

    private static long Saturated(long timeNs, Int128 more) => (long)Int128.Min(timeNs + more, long.MaxValue);
}
