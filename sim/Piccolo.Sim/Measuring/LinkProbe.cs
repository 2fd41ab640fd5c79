namespace Piccolo.Sim.Measuring;

/// <summary>What tracers see of one direction of a link.</summary>
internal abstract class LinkProbe
{
    public abstract int From { get; }

    public abstract string FromName { get; }

    public abstract int To { get; }

    public abstract string ToName { get; }

    /// <summary>Bits a second; 0 is without limit.</summary>
    public abstract long RateBps { get; }

    public abstract LinkReading Read(long nowNs);
}
