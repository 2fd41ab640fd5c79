using Piccolo.Ndn;
using Piccolo.Sim.Engine;

namespace Piccolo.Sim.Tests.Engine;

public class FixedMathTests
{
    private const double LogError = 1.0 / (1L << 54);
    private const double ExpError = 1.0 / (1L << 52);

    [Fact]
    public void Log_agrees_with_the_library_within_the_stated_bound()
    {
        IRandomSource random = new RandomStreams(1).For("test.log");
        for (int i = 0; i < 200_000; i++)
        {
            ulong x = (random.NextUInt64() >> (int)random.NextBelow(64)) | 1;
            if (x < 1UL << 53)
            {
                double fraction = Math.Log(x / 18446744073709551616.0);
                Near(fraction, FixedMath.ToDouble(FixedMath.LogOfFraction(x)), LogError, x);
                Near(Math.Log(x / 4294967296.0), FixedMath.ToDouble(FixedMath.Log32(x)), LogError, x);
            }

            double value = BitConverter.UInt64BitsToDouble(random.NextUInt64() & 0x7FEFFFFFFFFFFFFF);
            if (value > 0)
            {
                Near(Math.Log(value), FixedMath.Log(value), LogError, value);
            }

            double nearOne = 1 + ((Draw.Unit(random) - 0.5) / 1000);
            Near(Math.Log(nearOne), FixedMath.Log(nearOne), LogError, nearOne);
        }
    }

    [Fact]
    public void Log_of_exact_values_is_exact()
    {
        Assert.Equal(0, FixedMath.Log32(1UL << 32));
        Assert.Equal(0, FixedMath.LogOfFraction(ulong.MaxValue));
        Assert.Equal(0, FixedMath.Log(1));
        Near(-64 * Math.Log(2), FixedMath.ToDouble(FixedMath.LogOfFraction(1)), LogError, 1);
        Near(Math.Log(double.Epsilon), FixedMath.Log(double.Epsilon), LogError, double.Epsilon);
        Assert.Throws<ArgumentOutOfRangeException>(() => FixedMath.Log(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => FixedMath.Log32(0));
    }

    [Fact]
    public void Exp_agrees_with_the_library_within_the_stated_bound()
    {
        IRandomSource random = new RandomStreams(2).For("test.exp");
        for (int i = 0; i < 200_000; i++)
        {
            double x = (Draw.Unit(random) - 0.5) * (i % 2 == 0 ? 2 : 1400);
            Near(1, FixedMath.Exp(x) / Math.Exp(x), ExpError * 2, x);
        }

        for (int k = -1000; k <= 1000; k++)
        {
            double edge = k * Math.Log(2);
            foreach (double x in new[] { edge, Math.BitIncrement(edge), Math.BitDecrement(edge), k / 256.0 })
            {
                Near(1, FixedMath.Exp(x) / Math.Exp(x), ExpError * 2, x);
            }
        }

        Assert.Equal(1, FixedMath.Exp(0));
        Assert.Equal(0, FixedMath.Exp(-800));
        Assert.Equal(double.PositiveInfinity, FixedMath.Exp(800));
        Assert.True(double.IsNaN(FixedMath.Exp(double.NaN)));
    }

    [Fact]
    public void Pow_agrees_with_the_library()
    {
        IRandomSource random = new RandomStreams(3).For("test.pow");
        for (int i = 0; i < 100_000; i++)
        {
            double x = Draw.Unit(random) * 10_000;
            double y = (Draw.Unit(random) - 0.5) * 8;
            if (x == 0)
            {
                continue;
            }

            double bound = ((Math.Abs(y) + 4) * 1024 / (1L << 62)) + (80 * ExpError);
            Near(1, FixedMath.Pow(x, y) / Math.Pow(x, y), bound, x);

            ulong fixedX = (ulong)(x * 4294967296.0);
            long fixedY = FixedMath.ToFixed32(y);
            double expected = Math.Pow(fixedX / 4294967296.0, fixedY / 4294967296.0) * 4294967296.0;
            ulong actual = FixedMath.Pow32(fixedX, fixedY);
            if (expected >= 1.8446744073709551e19)
            {
                Assert.Equal(ulong.MaxValue, actual);
            }
            else
            {
                Near(expected, actual, 1 + (expected * 1e-14), x);
            }
        }
    }

    [Fact]
    public void Pow_of_fixed_numbers_saturates_and_vanishes()
    {
        const ulong One = 1UL << 32;
        Assert.Equal(One, FixedMath.Pow32(One, 5L << 32));
        Assert.Equal(8 * One, FixedMath.Pow32(2 * One, 3L << 32), 1.0);
        Assert.Equal(ulong.MaxValue, FixedMath.Pow32(2 * One, 40L << 32));
        Assert.Equal(1UL, FixedMath.Pow32(2 * One, -32L << 32));
        Assert.Equal(0UL, FixedMath.Pow32(2 * One, -34L << 32));
        Assert.Equal(0UL, FixedMath.Pow32(2 * One, -1000L << 32));
    }

    [Fact]
    public void Results_are_these_bits_on_every_machine()
    {
        ulong digest = 0;
        IRandomSource random = new RandomStreams(4).For("test.bits");
        for (int i = 0; i < 10_000; i++)
        {
            digest = RandomStreams.Mix(digest ^ (ulong)FixedMath.LogOfFraction(random.NextUInt64() | 1));
            digest = RandomStreams.Mix(digest ^ BitConverter.DoubleToUInt64Bits(FixedMath.Exp((Draw.Unit(random) - 0.5) * 100)));
            digest = RandomStreams.Mix(
                digest ^ BitConverter.DoubleToUInt64Bits(FixedMath.Pow(Draw.Unit(random) + 0.1, Draw.Unit(random) * 9)));
        }

        Assert.Equal(1382607741079360370UL, digest);
    }

    private static void Near(double expected, double actual, double bound, double argument)
    {
        // The library's own last place comes on top of the bound.
        double tolerance = bound + Math.Abs(Math.BitIncrement(expected) - expected);
        Assert.True(
            Math.Abs(expected - actual) <= tolerance * 1.001,
            $"{actual:R} is not {expected:R} for {argument:R}, off by {actual - expected:R}");
    }
}
