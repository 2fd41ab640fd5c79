using Piccolo.Ndn;

namespace Piccolo.Sim.Engine;

/// <summary>Uniform draws that need more than 32 bits.</summary>
internal static class Draw
{
    private const double TwoToMinus53 = 1.0 / (1L << 53);

    /// <summary>A uniform integer in 0 .. bound - 1, without bias.</summary>
    /// <remarks>Bound: 64 tries; one fails with a probability of less than a half, and mostly of nearly 0.</remarks>
    /// <param name="random">Where the bits come from.</param>
    /// <param name="bound">At least 1.</param>
    public static ulong Below(IRandomSource random, ulong bound)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bound);
        ulong high = Math.BigMul(random.NextUInt64(), bound, out ulong low);
        if (low < bound)
        {
            ulong threshold = (0 - bound) % bound;
            for (int attempt = 0; low < threshold && attempt < 64; attempt++)
            {
                high = Math.BigMul(random.NextUInt64(), bound, out low);
            }
        }

        return high;
    }

    /// <summary>A multiple of 2^-53 in [0, 1).</summary>
    public static double Unit(IRandomSource random) => (random.NextUInt64() >> 11) * TwoToMinus53;

    /// <summary>An exponential variate of mean 1, as -ln of a uniform one; between 0 and 44.4.</summary>
    public static long Exponential(IRandomSource random)
    {
        ulong uniform = random.NextUInt64();
        return uniform == ulong.MaxValue ? 0 : -FixedMath.LogOfFraction(uniform + 1);
    }
}
