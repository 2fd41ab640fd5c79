namespace Piccolo.Sim.Cli.Sweeps;

/// <summary>A mean of several runs, and how far the true one may be away.</summary>
/// <param name="Count">How many runs.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="HalfWidth">Half of the 95 % confidence interval; 0 where all runs agree, not a number for a single run.</param>
internal readonly record struct Estimate(int Count, double Mean, double HalfWidth)
{
    /// <summary>The estimate of independent runs.</summary>
    public static Estimate Of(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
        {
            return new Estimate(0, double.NaN, double.NaN);
        }

        double mean = values.Average();
        if (values.Count == 1)
        {
            return new Estimate(1, mean, double.NaN);
        }

        double squares = values.Sum(value => (value - mean) * (value - mean));
        double deviation = Math.Sqrt(squares / (values.Count - 1));
        return new Estimate(values.Count, mean, StudentT.Of(values.Count - 1) * deviation / Math.Sqrt(values.Count));
    }
}
