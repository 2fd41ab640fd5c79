using Piccolo.Ndn.Link;

namespace Piccolo.Drivers;

/// <summary>A listener that tells what it refused.</summary>
public interface ICountedListener : IListener
{
    /// <summary>
    /// Counts of the listening socket since it was made: refused peers, and for datagrams also what arrived for no link.
    /// </summary>
    TransportCounters Counters { get; }
}
