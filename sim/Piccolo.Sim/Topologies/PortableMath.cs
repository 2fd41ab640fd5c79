using Piccolo.Sim.Engine;

namespace Piccolo.Sim.Topologies;

/// <summary>The few functions that generators need, of additions and multiplications only: the same result on every machine.</summary>
internal static class PortableMath
{
    /// <summary>e to the power of <paramref name="x"/>, for x of 0 or less; 0 below -700.</summary>
    internal static double ExpOfNegative(double x) => x > -700 ? FixedMath.Exp(x) : 0;

    /// <summary>The point at a part of a turn on the circle of radius 1, from the right, clockwise on a screen.</summary>
    internal static (double X, double Y) OnCircle(double turns)
    {
        double part = turns - Math.Floor(turns);
        int quarter = (int)(part * 4);
        double angle = (part - quarter * 0.25) * (2 * Math.PI);
        double sine = Series(angle, angle, 1);
        double cosine = Series(1, angle, 0);
        return quarter switch
        {
            0 => (cosine, sine),
            1 => (-sine, cosine),
            2 => (-cosine, -sine),
            _ => (sine, -cosine),
        };
    }

    /// <summary>A uniform number from 0 to less than 1, of 53 random bits.</summary>
    internal static double NextUnit(Ndn.IRandomSource random) => (random.NextUInt64() >> 11) * (1.0 / (1UL << 53));

    private static double Series(double first, double angle, int power)
    {
        double term = first;
        double sum = first;
        for (int i = 1; i <= 12; i++)
        {
            term = -term * angle * angle / ((2 * i + power) * (2 * i + power - 1));
            sum += term;
        }

        return sum;
    }
}
