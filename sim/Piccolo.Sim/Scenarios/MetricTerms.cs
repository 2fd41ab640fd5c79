namespace Piccolo.Sim.Scenarios;

/// <summary>A metric at a moment, as a count, or as a ratio of two that only grow.</summary>
/// <param name="Part">The count, or what is divided.</param>
/// <param name="Whole">What it is divided by; not a number for a plain count.</param>
/// <param name="IsState">Whether it is no count but the state of the moment: a table's size, a percentile.</param>
internal readonly record struct MetricTerms(double Part, double Whole = double.NaN, bool IsState = false)
{
    /// <summary>The metric over the time from an earlier moment to this one.</summary>
    public double Since(MetricTerms earlier)
    {
        if (IsState)
        {
            return Part;
        }

        if (double.IsNaN(Whole))
        {
            return Part - earlier.Part;
        }

        double whole = Whole - earlier.Whole;
        return whole == 0 ? 0 : (Part - earlier.Part) / whole;
    }

    public static MetricTerms operator +(MetricTerms left, MetricTerms right) =>
        new(left.Part + right.Part, left.Whole + right.Whole, left.IsState);
}
