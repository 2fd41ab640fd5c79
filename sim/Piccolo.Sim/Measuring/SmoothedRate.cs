namespace Piccolo.Sim.Measuring;

/// <summary>A count that is read period by period: what came since, and its rate.</summary>
/// <remarks>Smoothed as ndnSIM does it: four fifths of the period that ends, one fifth of what was told before.</remarks>
internal struct SmoothedRate
{
    private const double Weight = 0.8;

    private ulong _total;

    /// <summary>What came in the last period.</summary>
    public ulong Raw { get; private set; }

    /// <summary>A second, smoothed.</summary>
    public double PerSecond { get; private set; }

    public void Update(ulong total, double periodSeconds)
    {
        // A count that fell began anew: its node restarted.
        Raw = total >= _total ? total - _total : total;
        _total = total;
        PerSecond = (Weight * (Raw / periodSeconds)) + ((1 - Weight) * PerSecond);
    }

    public void Restart() => _total = 0;
}
