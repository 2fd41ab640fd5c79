namespace Piccolo.Rice;

/// <summary>The round trip to one place: smoothed value and deviation, in ticks and integers (RFC 6298).</summary>
internal sealed class RttEstimate(TimeSpan initial)
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(4);

    private long _smoothed = initial.Ticks;
    private long _deviation = initial.Ticks / 2;
    private bool _hasSample;

    /// <summary>The smoothed round trip.</summary>
    public TimeSpan Smoothed => TimeSpan.FromTicks(_smoothed);

    public void Observe(TimeSpan sample)
    {
        long ticks = Math.Max(sample.Ticks, 1);
        if (!_hasSample)
        {
            _hasSample = true;
            _smoothed = ticks;
            _deviation = ticks / 2;
            return;
        }

        _deviation += (Math.Abs(_smoothed - ticks) - _deviation) / 4;
        _smoothed += (ticks - _smoothed) / 8;
    }

    /// <summary>When a transfer repeats what was not answered: mean and four deviations, doubled for each attempt.</summary>
    public TimeSpan Timeout(int attempts) =>
        Backoff(TimeSpan.FromTicks(_smoothed + Math.Max(4 * _deviation, Least.Ticks)), attempts);

    /// <summary>When a handshake repeats what was not answered: two round trips, doubled for each attempt after the second.</summary>
    public TimeSpan TwiceWith(TimeSpan allowance, int attempts) =>
        Backoff(TimeSpan.FromTicks((2 * _smoothed) + allowance.Ticks), Math.Max(1, attempts - 1));

    private static TimeSpan Backoff(TimeSpan once, int attempts)
    {
        long ticks = Math.Max(once.Ticks, Least.Ticks);
        for (int i = 1; i < attempts && ticks < Most.Ticks; i++)
        {
            ticks *= 2;
        }

        return TimeSpan.FromTicks(Math.Min(ticks, Most.Ticks));
    }
}
