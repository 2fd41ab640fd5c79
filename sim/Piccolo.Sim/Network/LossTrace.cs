namespace Piccolo.Sim.Network;

/// <summary>A recorded loss: which frames, counted from the first, or during which times.</summary>
public sealed class LossTrace
{
    private LossTrace(bool[] frames, LossInterval[] intervals, bool repeats, long periodNs)
    {
        Frames = frames;
        Intervals = intervals;
        Repeats = repeats;
        PeriodNs = periodNs;
    }

    /// <summary>For each frame whether it is lost; empty when times are recorded.</summary>
    public IReadOnlyList<bool> Frames { get; }

    /// <summary>When all frames are lost, in order and without overlap; empty when frames are recorded.</summary>
    public IReadOnlyList<LossInterval> Intervals { get; }

    /// <summary>Whether the trace begins again at its end; if not, nothing is lost after it.</summary>
    public bool Repeats { get; }

    /// <summary>After how long recorded times begin again; 0 when they do not.</summary>
    public long PeriodNs { get; }

    /// <summary>A trace by frames.</summary>
    /// <exception cref="ScenarioException">There is no frame.</exception>
    public static LossTrace OfFrames(IEnumerable<bool> frames, bool repeats)
    {
        bool[] copy = [.. frames];
        return copy.Length > 0 ? new LossTrace(copy, [], repeats, 0) : throw new ScenarioException("a loss trace needs at least one frame");
    }

    /// <summary>A trace by times.</summary>
    /// <param name="intervals">When frames are lost; in order, without overlap, from 0 on.</param>
    /// <param name="periodNs">After how long they come again; 0 for never.</param>
    /// <exception cref="ScenarioException">
    /// There is none, one is empty, one begins before its forerunner ends, or the last ends after the period.
    /// </exception>
    public static LossTrace OfIntervals(IEnumerable<LossInterval> intervals, long periodNs = 0)
    {
        LossInterval[] copy = [.. intervals];
        if (copy.Length == 0)
        {
            throw new ScenarioException("a loss trace needs at least one interval");
        }

        long end = 0;
        foreach (LossInterval interval in copy)
        {
            if (Fault(interval, end) is { } fault)
            {
                throw new ScenarioException(fault);
            }

            end = interval.ToNs;
        }

        if (periodNs != 0 && periodNs < end)
        {
            throw new ScenarioException($"the period of {periodNs} ns ends before the last interval does, at {end} ns");
        }

        return new LossTrace([], copy, periodNs != 0, periodNs);
    }

    /// <summary>What is wrong with an interval after one that ended at a time, or nothing.</summary>
    internal static string? Fault(LossInterval interval, long endOfLastNs)
    {
        if (interval.ToNs <= interval.FromNs)
        {
            return $"the interval from {interval.FromNs} ns to {interval.ToNs} ns is empty; its end must come after its beginning";
        }

        return interval.FromNs < endOfLastNs
            ? $"the interval begins at {interval.FromNs} ns, before {endOfLastNs} ns, where the one above ends; intervals must be in order"
            : null;
    }
}
