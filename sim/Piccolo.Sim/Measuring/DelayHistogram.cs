using System.Numerics;

namespace Piccolo.Sim.Measuring;

/// <summary>Counts durations in bins that are narrow in proportion: a percentile is right to within 1/128.</summary>
/// <remarks>
/// Units: nanoseconds, not negative. Integers only: the same samples give the same percentiles everywhere, in whatever order they come.
/// Bound: 7,424 bins (59 kB) whatever is recorded. Source: the idea of HdrHistogram.
/// </remarks>
public sealed class DelayHistogram
{
    private const int SubBits = 7;
    private const int SubCount = 1 << SubBits;

    private readonly long[] _counts = new long[(64 - SubBits) * SubCount + SubCount];
    private UInt128 _sum;
    private long _minimum = long.MaxValue;

    /// <summary>How many durations were recorded.</summary>
    public long Count { get; private set; }

    /// <summary>The shortest; 0 when there is none.</summary>
    public long MinimumNs => Count == 0 ? 0 : _minimum;

    /// <summary>The longest.</summary>
    public long MaximumNs { get; private set; }

    /// <summary>The mean, rounded down; exact, not taken from the bins.</summary>
    public long MeanNs => Count == 0 ? 0 : (long)(_sum / (UInt128)Count);

    /// <summary>Adds a duration; a negative one counts as 0.</summary>
    public void Record(long nanoseconds)
    {
        long value = Math.Max(nanoseconds, 0);
        _counts[BinOf((ulong)value)]++;
        _sum += (UInt128)value;
        _minimum = Math.Min(_minimum, value);
        MaximumNs = Math.Max(MaximumNs, value);
        Count++;
    }

    /// <summary>Adds what another one has counted.</summary>
    public void Add(DelayHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        _sum += other._sum;
        _minimum = Math.Min(_minimum, other._minimum);
        MaximumNs = Math.Max(MaximumNs, other.MaximumNs);
        Count += other.Count;
    }

    /// <summary>The duration that so many thousandths of all do not exceed.</summary>
    /// <param name="perMille">500 is the median, 990 the 99th percentile; 0 to 1000.</param>
    /// <returns>The upper end of the bin, never more than the longest; 0 when there is none.</returns>
    public long QuantileNs(int perMille)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(perMille);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(perMille, 1000);
        if (Count == 0)
        {
            return 0;
        }

        long rank = Math.Max(1, (long)(((Int128)Count * perMille + 999) / 1000));
        long seen = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
            {
                return Math.Clamp(UpperEnd(i), _minimum, MaximumNs);
            }
        }

        return MaximumNs;
    }

    // Below 128 each value has a bin; above, each power of two is cut into 128.
    private static int BinOf(ulong value)
    {
        if (value < SubCount)
        {
            return (int)value;
        }

        int shift = BitOperations.Log2(value) - SubBits;
        return ((shift + 1) << SubBits) + (int)((value >> shift) - SubCount);
    }

    private static long UpperEnd(int bin)
    {
        if (bin < SubCount)
        {
            return bin;
        }

        int shift = (bin >> SubBits) - 1;
        UInt128 lower = (UInt128)((ulong)(bin & (SubCount - 1)) + SubCount) << shift;
        UInt128 upper = lower + ((UInt128)1 << shift) - 1;
        return upper > (UInt128)long.MaxValue ? long.MaxValue : (long)upper;
    }
}
