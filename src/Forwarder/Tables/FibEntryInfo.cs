using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Tables;

/// <summary>One FIB entry, as management reports it.</summary>
/// <param name="Prefix">The prefix.</param>
/// <param name="NextHops">Its nexthops, cheapest first.</param>
public sealed record FibEntryInfo(Name Prefix, IReadOnlyList<FibNextHopInfo> NextHops);
