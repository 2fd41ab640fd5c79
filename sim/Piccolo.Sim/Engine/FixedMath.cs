using System.Numerics;

namespace Piccolo.Sim.Engine;

/// <summary>Logarithm, exponential and power that give the same bits on every machine, which the library's do not.</summary>
/// <remarks>
/// Integers with 57 binary places inside (a sign, 6 places before the point), from tables made by exact arithmetic, so |ln x| below 64 is
/// held. The versions for doubles use only operations that IEEE 754 defines to the bit.
/// Bound: the error of a logarithm is at most 2^-54; that of an exponential, relative to it, at most 2^-52 (the rounding to a result's last
/// place comes on top); that of a power, relative to it, at most (|y| + 4) * 2^-54 + 2^-52.
/// </remarks>
internal static class FixedMath
{
    /// <summary>Binary places of a logarithm.</summary>
    public const int Places = 57;

    private const double TwoToPlaces = 1L << Places;
    private const double TwoTo32 = 1UL << 32;
    private const int LogBits = 7;
    private const int ExpBits = 8;
    private const int WidePlaces = 110;

    /// <summary>ln 2 with 121 binary places.</summary>
    private static readonly Int128 Ln2Places121 = new(0x0162E42FEFA39EF3, 0x5793C7673007E5ED);

    private static readonly Int128 Ln2Wide = Ln2Places121 >> (121 - WidePlaces);

    private static readonly long Ln2 = (long)(Ln2Places121 >> (121 - Places));

    /// <summary>1/c for the middle c of each 1/128 of [1, 2), with 64 binary places.</summary>
    private static readonly ulong[] Reciprocals = MakeReciprocals();

    /// <summary>The logarithms of these c, with 63 binary places.</summary>
    private static readonly long[] LogTable = MakeLogTable();

    /// <summary>e to the j / 256, with 63 binary places, up to ln 2.</summary>
    private static readonly ulong[] ExpTable = MakeExpTable();

    /// <summary>1/k with 63 binary places; 0 and 1 are not used.</summary>
    private static readonly long[] Inverse = [0, 0, .. Enumerable.Range(2, 7).Select(static k => (long)((1UL << 63) / (ulong)k))];

    /// <summary>1/k! with 63 binary places; 0 and 1 are not used.</summary>
    private static readonly long[] InverseFactorial =
        [0, 0, .. new ulong[] { 2, 6, 24, 120, 720, 5040 }.Select(static f => (long)((1UL << 63) / f))];

    /// <summary>The natural logarithm of x / 2^64, with 57 binary places; never above 0.</summary>
    /// <param name="x">At least 1.</param>
    public static long LogOfFraction(ulong x) => LogOf(x, -64);

    /// <summary>The natural logarithm of a number with 32 binary places, with 57 binary places.</summary>
    /// <param name="x">At least 1.</param>
    public static long Log32(ulong x) => LogOf(x, -32);

    /// <summary>The natural logarithm of a positive, finite number.</summary>
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsInfinity(x))
        {
            throw new ArgumentOutOfRangeException(nameof(x), x, "only positive, finite numbers have a logarithm here");
        }

        int exponent = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 1L << 54;
            exponent = -54;
        }

        long bits = BitConverter.DoubleToInt64Bits(x);
        exponent += (int)(bits >> 52) - 1023;
        ulong mantissa = (ulong)((bits & 0xFFFFFFFFFFFFF) | (1L << 52)) << 11;
        Int128 sum = ((Int128)LogOfMantissa(mantissa) >> (63 - Places)) + ((exponent * Ln2Wide) >> (WidePlaces - Places));
        return sum == (long)sum ? (long)sum / TwoToPlaces : (long)(sum >> 5) / (TwoToPlaces / 32);
    }

    /// <summary>e to the x; 0 below what a normal double holds, infinity above what any holds.</summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        if (x is < -708 or > 709)
        {
            return x < 0 ? 0 : double.PositiveInfinity;
        }

        ulong mantissa = ExpOf((Int128)(x * TwoToPlaces), out int exponent);
        return BitConverter.Int64BitsToDouble(
            (long)((mantissa >> 11) + ((mantissa >> 10) & 1) - (1UL << 52)) + ((exponent + 1023L) << 52));
    }

    /// <summary>x to the y, for positive x.</summary>
    public static double Pow(double x, double y) => Exp(y * Log(x));

    /// <summary>e to a power with 57 binary places, as a mantissa of 63 binary places in [1, 2) and a binary exponent.</summary>
    public static ulong Exp(long power, out int exponent) => ExpOf(power, out exponent);

    /// <summary>x to the y, all with 32 binary places; the largest number where the result is none.</summary>
    /// <param name="x">At least 1, which is 2^-32.</param>
    /// <param name="y">The power.</param>
    public static ulong Pow32(ulong x, long y)
    {
        Int128 power = ((Int128)Log32(x) * y) >> 32;
        if (power >= (Int128)23 << Places)
        {
            return ulong.MaxValue;
        }

        if (power <= (Int128)(-24) << Places)
        {
            return 0;
        }

        ulong mantissa = ExpOf(power, out int exponent);
        int shift = 31 - exponent;
        return shift switch
        {
            < 0 => ulong.MaxValue,
            0 => mantissa,
            <= 64 => (mantissa >> 1 >> (shift - 1)) + ((mantissa >> (shift - 1)) & 1),
            _ => 0,
        };
    }

    /// <summary>A number with 32 binary places; what does not fit counts as the nearest that does.</summary>
    public static long ToFixed32(double x)
    {
        double scaled = Math.Round(x * TwoTo32);
        return scaled >= 9.2e18 ? long.MaxValue : scaled <= -9.2e18 ? long.MinValue : (long)scaled;
    }

    /// <summary>The double nearest to a number with 57 binary places.</summary>
    public static double ToDouble(long x) => x / TwoToPlaces;

    private static long LogOf(ulong x, int exponent)
    {
        ArgumentOutOfRangeException.ThrowIfZero(x);
        int zeros = BitOperations.LeadingZeroCount(x);
        Int128 sum = ((Int128)LogOfMantissa(x << zeros) << (121 - 63)) + ((exponent + 63 - zeros) * Ln2Places121);
        return (long)((sum + (Int128.One << (120 - Places))) >> (121 - Places));
    }

    /// <summary>
    /// The logarithm of a mantissa in [1, 2), both with 63 binary places: a table's plus a series in what is left, below 2^-7.
    /// </summary>
    private static long LogOfMantissa(ulong mantissa)
    {
        int index = (int)(mantissa >> (63 - LogBits)) & ((1 << LogBits) - 1);
        long rest = (long)(Math.BigMul(mantissa, Reciprocals[index], out _) - (1UL << 63));
        long series = Inverse[8];
        for (int k = 7; k >= 2; k--)
        {
            series = Inverse[k] - Multiply(series, rest);
        }

        return LogTable[index] + rest - Multiply(Multiply(series, rest), rest);
    }

    private static ulong ExpOf(Int128 power, out int exponent)
    {
        // One less than the quotient, which is at most one too large because the divisor is cut; the loop makes up for it.
        exponent = (int)(power == (long)power ? (long)power / Ln2 : (long)(power / Ln2)) - 1;
        Int128 rest = (power << (WidePlaces - Places)) - (exponent * Ln2Wide);
        while (rest >= Ln2Wide)
        {
            rest -= Ln2Wide;
            exponent++;
        }

        long remainder = (long)(rest >> (WidePlaces - 63));
        int index = (int)(remainder >> (63 - ExpBits));
        long small = remainder & ((1L << (63 - ExpBits)) - 1);
        long series = InverseFactorial[7];
        for (int k = 6; k >= 2; k--)
        {
            series = InverseFactorial[k] + Multiply(series, small);
        }

        long excess = small + Multiply(Multiply(series, small), small);
        ulong product = ExpTable[index] + Math.BigMul(ExpTable[index], (ulong)excess << 1, out _);
        if (product >= 1UL << 63)
        {
            return product;
        }

        // Rounding carried a remainder just below ln 2 to 2.
        exponent++;
        return 1UL << 63;
    }

    private static long Multiply(long a, long b)
    {
        long high = Math.BigMul(a, b, out long low);
        return (high << 1) | (long)((ulong)low >> 63);
    }

    private static ulong[] MakeReciprocals()
    {
        var table = new ulong[1 << LogBits];
        for (int i = 0; i < table.Length; i++)
        {
            // c = 1 + (2 i + 1) / 256
            table[i] = (ulong)((UInt128.One << (64 + LogBits + 1)) / (ulong)((2 << LogBits) + (2 * i) + 1));
        }

        return table;
    }

    /// <summary>-ln of the reciprocals, by 2 artanh((1 - y) / (1 + y)) with 128 binary places.</summary>
    private static long[] MakeLogTable()
    {
        var table = new long[1 << LogBits];
        BigInteger one = BigInteger.One << 128;
        for (int i = 0; i < table.Length; i++)
        {
            BigInteger y = new BigInteger(Reciprocals[i]) << 64;
            BigInteger argument = ((one - y) << 128) / (one + y);
            BigInteger square = (argument * argument) >> 128;
            BigInteger sum = 0;
            for (int k = 1; !argument.IsZero; k += 2)
            {
                sum += argument / k;
                argument = (argument * square) >> 128;
            }

            table[i] = (long)((sum + (BigInteger.One << 63)) >> 64);
        }

        return table;
    }

    private static ulong[] MakeExpTable()
    {
        var table = new ulong[178];
        for (int j = 0; j < table.Length; j++)
        {
            BigInteger term = BigInteger.One << 128;
            BigInteger sum = term;
            for (int k = 1; !term.IsZero; k++)
            {
                term = term * j / ((long)k << ExpBits);
                sum += term;
            }

            table[j] = (ulong)((sum + (BigInteger.One << 64)) >> 65);
        }

        return table;
    }
}
