using Piccolo.Ndn.Link;

namespace Piccolo.Drivers;

/// <summary>A link that tells what it moved and dropped; every driver's link is one.</summary>
public interface ICountedLink : ILink
{
    /// <summary>Counts since the link was made.</summary>
    TransportCounters Counters { get; }
}
