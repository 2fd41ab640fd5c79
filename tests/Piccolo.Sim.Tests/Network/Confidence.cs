namespace Piccolo.Sim.Tests.Network;

/// <summary>Tolerances from confidence intervals: 5 standard deviations, so that a fixed seed that passes proves something.</summary>
internal static class Confidence
{
    private const double Deviations = 5;

    /// <summary>Fails unless a share of independent draws is compatible with a probability.</summary>
    public static void Share(double expected, long hits, long draws, double correlation = 1)
    {
        double tolerance = Deviations * Math.Sqrt(expected * (1 - expected) * correlation / draws);
        double share = (double)hits / draws;
        Assert.True(Math.Abs(share - expected) <= tolerance, $"{share} of {draws} is not {expected} within {tolerance}");
    }

    /// <summary>Fails unless a mean is compatible with what it should be, given the deviation of one draw.</summary>
    public static void Mean(double expected, double sum, long draws, double deviation)
    {
        double tolerance = Deviations * deviation / Math.Sqrt(draws);
        double mean = sum / draws;
        Assert.True(Math.Abs(mean - expected) <= tolerance, $"a mean of {mean} in {draws} is not {expected} within {tolerance}");
    }
}
