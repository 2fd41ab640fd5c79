using Piccolo.Ndn;

namespace Piccolo.Drivers;

/// <summary>The time line of one host: what drivers stamp arrivals with and shells hand to the cores as <c>now</c>.</summary>
/// <remarks>
/// Every driver and core of a process shares one clock, so that their instants compare.
/// Thread-safe; reading it allocates nothing.
/// </remarks>
public sealed class HostClock
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly long _origin;
    private readonly long _frequency;

    /// <summary>Starts a time line: <see cref="Now"/> is zero here.</summary>
    /// <param name="timeProvider">Where the time comes from; also makes the timers of drivers.</param>
    public HostClock(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        TimeProvider = timeProvider;
        _frequency = timeProvider.TimestampFrequency;
        _origin = timeProvider.GetTimestamp();
    }

    /// <summary>Where the time comes from.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>Time since the clock was made; never goes back.</summary>
    public Instant Now
    {
        get
        {
            long ticks = TimeProvider.GetTimestamp() - _origin;
            return new Instant(_frequency == NanosecondsPerSecond
                ? ticks
                : (long)((Int128)ticks * NanosecondsPerSecond / _frequency));
        }
    }
}
