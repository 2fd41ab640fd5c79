using Piccolo.Ndn;

namespace Piccolo.Client.Congestion;

/// <summary>Additive increase, multiplicative decrease: a segment more each round trip, half at congestion.</summary>
/// <remarks>
/// Doubles each round trip until the first congestion (slow start). Fixed-point integers, 16 binary places.
/// Source: RFC 5681, with segments for octets.
/// </remarks>
public sealed class AimdWindow : ICongestionWindow
{
    private const int Places = 16;
    private const long One = 1L << Places;

    private readonly long _min;
    private readonly long _max;
    private long _window;
    private long _threshold = long.MaxValue;

    /// <summary>Starts with the initial window.</summary>
    /// <exception cref="ArgumentException">The limits make no range.</exception>
    public AimdWindow(CongestionWindowOptions options)
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
        long growth = _window < _threshold ? One : One * One / _window;
        _window = Math.Min(_window + growth, _max);
    }

    /// <inheritdoc/>
    public void HandleCongestion()
    {
        _threshold = Math.Max(_window / 2, _min);
        _window = _threshold;
    }
}
