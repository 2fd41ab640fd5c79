using System.Globalization;
using Piccolo.Ndn;

namespace Piccolo.Sim.Engine;

/// <summary>A distribution of whole numbers: nanoseconds, octets, counts.</summary>
/// <remarks>
/// The same random bits give the same numbers on every machine: logarithms and powers come from <see cref="FixedMath"/>, and of doubles
/// only operations are used that IEEE 754 defines to the bit. Immutable, so one instance may serve many streams and threads.
/// </remarks>
public abstract class Distribution
{
    /// <summary>The largest number ever drawn.</summary>
    /// <remarks>About 146 years in nanoseconds, far enough from overflow to be added to a time.</remarks>
    public const long Largest = long.MaxValue / 2;

    /// <summary>What draws average to; not a number where the distribution has no mean.</summary>
    public abstract double Mean { get; }

    /// <summary>Draws a number.</summary>
    /// <param name="random">The stream of who asks.</param>
    public abstract long Next(IRandomSource random);

    /// <summary>Always one number.</summary>
    public static Distribution Constant(long value) => new ConstantDistribution(InRange(value, nameof(value)));

    /// <summary>Each number between two, both included, alike.</summary>
    public static Distribution Uniform(long least, long most) => InRange(least, nameof(least)) <= InRange(most, nameof(most))
        ? new UniformDistribution(least, most)
        : throw new ScenarioException($"a uniform distribution from {least} to {most} is empty; the first must not be larger");

    /// <summary>Exponential, rounded to the nearest whole number.</summary>
    public static Distribution Exponential(double mean) => new ExponentialDistribution(Positive(mean, nameof(mean)));

    /// <summary>The gaps of a Poisson process: exponential with a mean of 1/rate.</summary>
    /// <remarks>Units: draws are nanoseconds.</remarks>
    /// <param name="ratePerSecond">Events a second.</param>
    public static Distribution PoissonGapsNs(double ratePerSecond) =>
        new ExponentialDistribution(Positive(1_000_000_000 / Positive(ratePerSecond, nameof(ratePerSecond)), nameof(ratePerSecond)));

    /// <summary>Normal, rounded to the nearest whole number; what would be negative is drawn as 0.</summary>
    /// <param name="mean">The middle, before negative draws are cut.</param>
    /// <param name="deviation">The standard deviation.</param>
    public static Distribution Normal(double mean, double deviation) =>
        new NormalDistribution(Positive(mean, nameof(mean)), deviation == 0 ? 0 : Positive(deviation, nameof(deviation)));

    /// <summary>Pareto (type I), rounded down.</summary>
    /// <param name="least">The smallest number.</param>
    /// <param name="shape">How fast the tail falls; with 1 or less there is no mean.</param>
    /// <param name="most">What larger draws are cut to.</param>
    public static Distribution Pareto(double least, double shape, long most = Largest) =>
        InRange(most, nameof(most)) >= least
            ? new ParetoDistribution(Positive(least, nameof(least)), Positive(shape, nameof(shape)), most)
            : throw new ScenarioException(
                $"a Pareto distribution from {SettingText(least)} to {most} is empty; the first must not be larger");

    /// <summary>Failures before the first success.</summary>
    /// <param name="success">The probability of success.</param>
    public static Distribution Geometric(double success) => success > 0 && success <= 1
        ? new GeometricDistribution(success)
        : throw new ScenarioException($"{SettingText(success)} is no probability of success; it must be more than 0 and at most 1");

    /// <summary>The whole number nearest to a draw, within what is ever drawn.</summary>
    internal static long Whole(double value) => value >= Largest ? Largest : value <= 0 ? 0 : (long)Math.Round(value);

    private static double Positive(double value, string what) => value > 0 && value <= Largest
        ? value
        : throw new ScenarioException($"{SettingText(value)} is no {what} of a distribution; it must be more than 0 and finite");

    private static long InRange(long value, string what) => value is >= 0 and <= Largest
        ? value
        : throw new ScenarioException($"{value} is no {what} of a distribution; it must be between 0 and {Largest}");

    private static string SettingText(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
