using Piccolo.Ndn;

namespace Piccolo.Sim.Nodes;

/// <summary>Translates between the network's time, which nobody in it knows, and a node's own.</summary>
/// <remarks>Exact integer arithmetic; a later network time is never an earlier local time.</remarks>
public sealed class NodeClock
{
    /// <summary>Unix time at the beginning of each run: 2026-01-01 00:00 UTC.</summary>
    public const long UnixSecondsAtZero = 1_767_225_600;

    private const long Billion = 1_000_000_000;

    private readonly long _skewNs;
    private readonly long _driftPpb;

    internal NodeClock(ClockSettings settings)
    {
        if (Math.Abs(settings.DriftPpb) > Billion / 2)
        {
            throw new ScenarioException($"a clock cannot drift by {settings.DriftPpb} parts in a billion; at most half of true speed");
        }

        _skewNs = settings.SkewNs;
        _driftPpb = settings.DriftPpb;
    }

    /// <summary>What the node's monotonic clock shows at a network time.</summary>
    public Instant Local(long globalNs) => new(globalNs + Stretch(globalNs, Billion));

    /// <summary>What the node's wall clock shows at a network time, in nanoseconds since the Unix epoch.</summary>
    public long UnixNs(long globalNs) => (UnixSecondsAtZero * Billion) + Local(globalNs).Nanoseconds + _skewNs;

    /// <summary>The first network time at which the node's monotonic clock shows at least this.</summary>
    public long Global(Instant local)
    {
        if (_driftPpb == 0 || local == Instant.Never)
        {
            return local.Nanoseconds;
        }

        long global = local.Nanoseconds - Stretch(local.Nanoseconds, Billion + _driftPpb);
        while (Local(global) < local)
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
    public long ToGlobalDelay(long localNs) => _driftPpb == 0 ? localNs : localNs - Stretch(localNs, Billion + _driftPpb);

    private long Stretch(long valueNs, long divisor) =>
        _driftPpb == 0 ? 0 : (long)((Int128)valueNs * _driftPpb / divisor);
}
