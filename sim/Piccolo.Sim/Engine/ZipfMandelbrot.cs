using System.Numerics;
using Piccolo.Ndn;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Engine;

/// <summary>Popularity of contents: rank k of 1 .. N is drawn in proportion to 1 / (k + q)^s.</summary>
/// <remarks>
/// Whole 63-bit weights are added up exactly, and a uniform integer is looked up among the sums; so every machine draws the same ranks. q
/// and s are rounded to 2^-32; but for that a weight is off by at most 2^-46 of itself and 2^-63 of the first rank's. Immutable:
/// share one among all consumers of a run.
/// Bound: 12 octets for each rank at most; a draw searches among the few ranks of one slot of an index.
/// Source: Mandelbrot, "An informational theory of the statistical structure of language", 1953; parameters named as in ndnSIM.
/// </remarks>
public sealed class ZipfMandelbrot : Distribution
{
    /// <summary>The most contents.</summary>
    public const int CountMax = 100_000_000;

    private const double ShiftMax = 1_000_000_000;
    private const double ExponentMax = 64;
    private const int WeightBits = 63;

    private readonly ulong[] _sums;
    private readonly int[] _slots;
    private readonly int _slotShift;

    /// <summary>A popularity.</summary>
    /// <param name="count">N, how many contents there are.</param>
    /// <param name="q">How flat the head is; 0 makes it Zipf's law.</param>
    /// <param name="s">How fast popularity falls; 0 makes all alike.</param>
    /// <exception cref="ScenarioException">A parameter is out of its range.</exception>
    public ZipfMandelbrot(int count, double q = 0.7, double s = 0.7)
    {
        if (count is < 1 or > CountMax)
        {
            throw new ScenarioException($"{count} is no number of contents; it must be between 1 and {CountMax}");
        }

        if (!(q >= 0 && q <= ShiftMax))
        {
            throw new ScenarioException($"{SettingsCheck.Text(q)} is no q of Zipf-Mandelbrot; it must be between 0 and {ShiftMax}");
        }

        if (!(s >= 0 && s <= ExponentMax))
        {
            throw new ScenarioException($"{SettingsCheck.Text(s)} is no s of Zipf-Mandelbrot; it must be between 0 and {ExponentMax}");
        }

        _sums = Sums(count, FixedMath.ToFixed32(q), FixedMath.ToFixed32(s), out double mean);
        Mean = mean;
        int slotBits = Math.Clamp(BitOperations.Log2((uint)count), 1, 26);
        _slotShift = 64 - slotBits;
        _slots = new int[(1 << slotBits) + 1];
        int rank = 0;
        for (int slot = 0; slot < _slots.Length - 1; slot++)
        {
            while (rank < count - 1 && _sums[rank] <= (ulong)slot << _slotShift)
            {
                rank++;
            }

            _slots[slot] = rank;
        }

        _slots[^1] = count - 1;
    }

    /// <summary>How many contents there are.</summary>
    public int Count => _sums.Length;

    /// <inheritdoc/>
    public override double Mean { get; }

    /// <summary>The probability of a rank, exactly what draws follow.</summary>
    /// <param name="rank">1 .. <see cref="Count"/>.</param>
    public double ProbabilityOf(int rank)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, Count);
        return (_sums[rank - 1] - (rank == 1 ? 0 : _sums[rank - 2])) / (double)_sums[^1];
    }

    /// <inheritdoc/>
    /// <returns>A rank, 1 the most popular.</returns>
    public override long Next(IRandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        ulong draw = Draw.Below(random, _sums[^1]);
        int slot = (int)(draw >> _slotShift);
        int low = _slots[slot];
        int high = _slots[slot + 1];
        while (low < high)
        {
            int middle = low + ((high - low) >> 1);
            if (_sums[middle] > draw)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low + 1;
    }

    /// <summary>The sums of the weights of ranks 1 .. k, scaled to 64 bits.</summary>
    private static ulong[] Sums(int count, long q, long s, out double mean)
    {
        long first = FixedMath.Log32((1UL << 32) + (ulong)q);
        var sums = new ulong[count];
        UInt128 total = 0;
        double weighted = 0;
        for (int i = 0; i < count; i++)
        {
            long distance = FixedMath.Log32(((ulong)(i + 1) << 32) + (ulong)q) - first;
            sums[i] = Weight(-((Int128)distance * s >> 32));
            total += sums[i];
            weighted += (double)sums[i] * (i + 1);
        }

        // The first weight alone has 64 bits, so the sum has at least as many.
        int shift = 64 - (int)UInt128.LeadingZeroCount(total);
        UInt128 sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += sums[i];
            sums[i] = (ulong)(sum >> shift);
        }

        mean = weighted / (double)total;
        return sums;
    }

    /// <summary>e to a power of at most 0, with 63 binary places.</summary>
    private static ulong Weight(Int128 power)
    {
        if (power < (Int128)(-WeightBits) << FixedMath.Places)
        {
            return 0;
        }

        ulong mantissa = FixedMath.Exp((long)power, out int exponent);
        return -exponent <= WeightBits ? mantissa >> -exponent : 0;
    }
}
