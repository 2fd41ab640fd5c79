using Piccolo.Ndn;

namespace Piccolo.Client.Congestion;

/// <summary>CUBIC: grows quickly far from the last congestion's window, carefully near it; to 7/10 at congestion.</summary>
/// <remarks>
/// Fixed-point integers (16 binary places, time in milliseconds), so that every machine computes the same window.
/// Source: RFC 9438 with C = 0.4 and beta = 0.7, fast convergence and the Reno-friendly region included.
/// </remarks>
public sealed class CubicWindow : ICongestionWindow
{
    private const int Places = 16;
    private const long One = 1L << Places;

    // K in ms = cbrt(difference / C * 10^9) with C = 0.4: one segment of difference is 2.5 * 10^9 ms^3.
    private const long CubicMillisecondsPerSegment = 2_500_000_000;
    private const long ElapsedMsMax = 1_000_000;

    private readonly long _min;
    private readonly long _max;
    private long _window;
    private long _threshold = long.MaxValue;
    private long _windowAtCongestion;
    private long _friendlyWindow;
    private long _origin;
    private long _plateauMs;
    private Instant? _epochStart;

    /// <summary>Starts with the initial window.</summary>
    /// <exception cref="ArgumentException">The limits make no range.</exception>
    public CubicWindow(CongestionWindowOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _min = options.Min * One;
        _max = options.Max * One;
        _window = options.Initial * One;
    }

    /// <inheritdoc/>
    public int Segments => (int)(_window >> Places);

    /// <inheritdoc/>
    public void HandleAnswer(Instant now, TimeSpan smoothedRtt)
    {
        if (_window < _threshold)
        {
            _window = Math.Min(_window + One, _max);
            return;
        }

        if (_epochStart is null)
        {
            StartEpoch(now);
        }

        long elapsedMs = (now - _epochStart!.Value).Ticks / TimeSpan.TicksPerMillisecond;
        long target = Target(elapsedMs + (smoothedRtt.Ticks / TimeSpan.TicksPerMillisecond));
        target = Math.Clamp(target, _window, _window + (_window / 2));
        long cubic = _window + ((target - _window) * One / _window);

        // Reno with beta = 0.7 grows by 9/17 of a segment each round trip.
        _friendlyWindow += 9 * One / 17 * One / _window;
        _window = Math.Min(Math.Max(cubic, _friendlyWindow), _max);
    }

    /// <inheritdoc/>
    public void HandleCongestion()
    {
        // A window that shrank before it got back to the last peak makes room for somebody new.
        _windowAtCongestion = _window < _windowAtCongestion ? _window * 17 / 20 : _window;
        _window = Math.Max(_window * 7 / 10, _min);
        _threshold = _window;
        _epochStart = null;
    }

    private void StartEpoch(Instant now)
    {
        _epochStart = now;
        _friendlyWindow = _window;
        _origin = Math.Max(_window, _windowAtCongestion);
        _plateauMs = CubeRoot((Int128)(_origin - _window) * CubicMillisecondsPerSegment >> Places);
    }

    private long Target(long elapsedMs)
    {
        Int128 distance = Math.Clamp(elapsedMs, 0, ElapsedMsMax) - _plateauMs;
        Int128 growth = distance * distance * distance * One / CubicMillisecondsPerSegment;
        return (long)Int128.Clamp(_origin + growth, 0, _max);
    }

    /// <summary>The largest integer whose cube is not larger.</summary>
    private static long CubeRoot(Int128 value)
    {
        long low = 0;
        long high = ElapsedMsMax;
        while (low < high)
        {
            long middle = (low + high + 1) / 2;
            if ((Int128)middle * middle * middle <= value)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }
}
