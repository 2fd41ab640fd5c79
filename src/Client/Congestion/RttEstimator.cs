namespace Piccolo.Client.Congestion;

/// <summary>Learns from measured round trips how long to wait before an Interest is sent again.</summary>
/// <remarks>
/// Integer arithmetic in nanoseconds, so that every machine waits equally long. Karn's rule is the caller's: only answers to
/// Interests that were sent once are samples, since for the others nobody knows which sending was answered.
/// Source: RFC 6298, sections 2 and 5.
/// </remarks>
public sealed class RttEstimator
{
    private const long NanosecondsPerTick = 100;

    private readonly long _min;
    private readonly long _max;
    private readonly long _granularity;
    private readonly int _doublingsMax;
    private long _smoothed;
    private long _variation;
    private long _timeout;
    private int _doublings;

    /// <summary>Starts without a sample.</summary>
    /// <exception cref="ArgumentException">A limit is not positive, or the least exceeds the greatest.</exception>
    public RttEstimator(RttOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.TimeoutMin <= TimeSpan.Zero || options.TimeoutMin > options.TimeoutMax)
        {
            throw new ArgumentException(
                $"time-outs from {options.TimeoutMin} to {options.TimeoutMax} make no range", nameof(options));
        }

        _min = options.TimeoutMin.Ticks * NanosecondsPerTick;
        _max = options.TimeoutMax.Ticks * NanosecondsPerTick;
        _timeout = Math.Clamp(options.InitialTimeout.Ticks * NanosecondsPerTick, _min, _max);
        _granularity = Math.Max(0, options.Granularity.Ticks * NanosecondsPerTick);
        _doublingsMax = options.DoublingsMax;
    }

    /// <summary>Whether anything was measured.</summary>
    public bool HasSample { get; private set; }

    /// <summary>SRTT: the usual round trip; zero before the first sample.</summary>
    public TimeSpan SmoothedRtt => TimeSpan.FromTicks(_smoothed / NanosecondsPerTick);

    /// <summary>RTTVAR: how far samples usually are from it.</summary>
    public TimeSpan Variation => TimeSpan.FromTicks(_variation / NanosecondsPerTick);

    /// <summary>RTO: how long to wait for an answer.</summary>
    public TimeSpan RetransmissionTimeout => TimeSpan.FromTicks(_timeout / NanosecondsPerTick);

    /// <summary>Takes a measured round trip; undoes every doubling.</summary>
    /// <param name="rtt">From sending to answer of an Interest that was sent once; less than zero counts as zero.</param>
    public void AddSample(TimeSpan rtt)
    {
        long sample = Math.Clamp(rtt.Ticks, 0, long.MaxValue / NanosecondsPerTick / 8) * NanosecondsPerTick;
        if (HasSample)
        {
            _variation = ((3 * _variation) + Math.Abs(_smoothed - sample)) / 4;
            _smoothed = ((7 * _smoothed) + sample) / 8;
        }
        else
        {
            HasSample = true;
            _smoothed = sample;
            _variation = sample / 2;
        }

        _timeout = Math.Clamp(_smoothed + Math.Max(_granularity, 4 * _variation), _min, _max);
        _doublings = 0;
    }

    /// <summary>Doubles the time-out, after one expired, unless it was doubled often enough.</summary>
    public void BackOff()
    {
        if (_doublings < _doublingsMax)
        {
            _doublings++;
            _timeout = Math.Min(_timeout * 2, _max);
        }
    }
}
