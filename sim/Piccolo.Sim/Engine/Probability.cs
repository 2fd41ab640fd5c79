using Piccolo.Ndn;

namespace Piccolo.Sim.Engine;

/// <summary>A probability as a 64-bit threshold, so that a draw compares integers.</summary>
/// <remarks>
/// A probability of 0 or 1 draws nothing. The threshold is exact for every double of at least 2^-12 and rounded down to a multiple of
/// 2^-64 below that.
/// </remarks>
internal readonly struct Probability
{
    private const double TwoTo64 = 18446744073709551616.0;

    private readonly ulong _threshold;
    private readonly bool _isCertain;

    /// <summary>A probability of 0 to 1; what is outside counts as the nearer end.</summary>
    public Probability(double value)
    {
        _isCertain = value >= 1;
        _threshold = value > 0 && value < 1 ? (ulong)(value * TwoTo64) : 0;
    }

    /// <summary>Whether it never happens.</summary>
    public bool IsZero => _threshold == 0 && !_isCertain;

    /// <summary>Draws whether it happens this time.</summary>
    public bool Happens(IRandomSource random) => _isCertain || (_threshold != 0 && random.NextUInt64() < _threshold);
}
