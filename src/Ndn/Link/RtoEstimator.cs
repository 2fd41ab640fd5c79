namespace Piccolo.Ndn.Link;

/// <summary>How long to wait for the acknowledgement of a frame.</summary>
/// <remarks>
/// Units: nanoseconds. Initially 1 s; never below 200 ms or above 60 s.
/// Source: RFC 6298 section 2 (alpha 1/8, beta 1/4, K 4), without backoff, as NFD's link reliability uses it.
/// </remarks>
internal struct RtoEstimator
{
    private const long InitialNs = 1_000_000_000;
    private const long MinimumNs = 200_000_000;
    private const long MaximumNs = 60_000_000_000;

    private long _smoothedNs;
    private long _variationNs;
    private bool _hasSample;

    internal readonly long TimeoutNs => _hasSample
        ? Math.Clamp(_smoothedNs + (4 * _variationNs), MinimumNs, MaximumNs)
        : InitialNs;

    internal void AddSample(long roundTripNs)
    {
        long sample = Math.Clamp(roundTripNs, 0, MaximumNs);
        if (!_hasSample)
        {
            _hasSample = true;
            _smoothedNs = sample;
            _variationNs = sample / 2;
            return;
        }

        _variationNs += (Math.Abs(_smoothedNs - sample) - _variationNs) / 4;
        _smoothedNs += (sample - _smoothedNs) / 8;
    }
}
