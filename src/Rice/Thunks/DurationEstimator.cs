namespace Piccolo.Rice.Thunks;

/// <summary>How long the calls of one function take, learned from those that ended.</summary>
/// <remarks>
/// An exponentially weighted mean with weight 1/8, in integers; it starts from what the function declares. Never less than 1 once
/// something is known.
/// </remarks>
public sealed class DurationEstimator
{
    private long _scaledMean;
    private bool _hasSample;

    /// <summary>Starts from a declared duration.</summary>
    /// <param name="typicalMs">Milliseconds; 0 when nothing is declared.</param>
    public DurationEstimator(ulong typicalMs)
    {
        _scaledMean = (long)Math.Min(typicalMs, int.MaxValue) * 8;
    }

    /// <summary>Whether anything is known.</summary>
    public bool IsKnown => _hasSample || _scaledMean > 0;

    /// <summary>The expected duration; 0 while nothing is known.</summary>
    /// <remarks>Units: milliseconds.</remarks>
    public long MeanMs => IsKnown ? Math.Max(1, _scaledMean / 8) : 0;

    /// <summary>Learns from a call that ended.</summary>
    public void Observe(TimeSpan duration)
    {
        long ms = Math.Clamp((long)duration.TotalMilliseconds, 0, int.MaxValue);
        _scaledMean = IsKnown ? _scaledMean + ms - (_scaledMean / 8) : ms * 8;
        _hasSample = true;
    }

    /// <summary>How much longer a call is expected to take.</summary>
    /// <remarks>
    /// A call that outlasts the mean, or about which nothing is known, is expected to go on for a quarter of what it has taken: the
    /// questions of its caller then thin out geometrically.
    /// </remarks>
    /// <param name="elapsed">How long it has been running.</param>
    /// <param name="floorMs">The least answer once it is overdue.</param>
    public long RemainingMs(TimeSpan elapsed, long floorMs)
    {
        long elapsedMs = Math.Max(0, (long)elapsed.TotalMilliseconds);
        long mean = MeanMs;
        return elapsedMs < mean ? mean - elapsedMs : Math.Max(floorMs, Math.Min(elapsedMs / 4, 60_000));
    }
}
