using MathNet.Numerics.Distributions;

namespace Piccolo.Sim.Tests.Validation;

/// <summary>What independent replications say of a quantity: their mean, and a confidence interval of 99.9 % around it.</summary>
/// <remarks>
/// Source: Law, "Simulation Modeling and Analysis", 5th edition, section 9.5 (replication/deletion, Student's t). Seeds are fixed, so a
/// test passes always or never; the canaries show that the intervals are narrow enough to mean something.
/// </remarks>
internal sealed record Estimate(string What, double Mean, double HalfWidth)
{
    private const double OneSided = 0.9995;

    /// <summary>Makes one of a value for each replication.</summary>
    public static Estimate Of(string what, IReadOnlyList<double> values)
    {
        double mean = values.Average();
        double variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
        double quantile = StudentT.InvCDF(0, 1, values.Count - 1, OneSided);
        return new Estimate(what, mean, quantile * Math.Sqrt(variance / values.Count));
    }

    /// <summary>Runs replications with seeds 1 .. count, and estimates each of the quantities that they return.</summary>
    public static Estimate[] Replicate(int count, string[] what, Func<ulong, double[]> run)
    {
        double[][] rows = [.. Enumerable.Range(1, count).Select(seed => run((ulong)seed))];
        return [.. what.Select((name, i) => Of(name, [.. rows.Select(row => row[i])]))];
    }

    /// <summary>Fails unless theory is inside of the interval, widened by how far the theory itself may be off.</summary>
    public void MustAgree(double theory, double modelError = 0) =>
        Assert.True(Covers(theory, modelError), $"{this}: theory says {theory:G5}");

    /// <summary>Fails unless a wrong theory is outside: a canary, without which a wide interval would prove nothing.</summary>
    public void MustRefute(double wrong, double modelError = 0) =>
        Assert.False(Covers(wrong, modelError), $"{this}: cannot tell it from a wrong {wrong:G5}");

    /// <inheritdoc/>
    public override string ToString() => $"{What} = {Mean:G5} +- {HalfWidth:G2}";

    private bool Covers(double theory, double modelError) =>
        Math.Abs(Mean - theory) <= HalfWidth + (modelError * theory);
}
