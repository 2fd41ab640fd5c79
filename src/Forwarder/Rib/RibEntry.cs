using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Rib;

/// <summary>A prefix with at least one route of its own.</summary>
/// <param name="Name">The prefix.</param>
/// <param name="Routes">Its own routes, by face and then origin; valid until the RIB changes.</param>
public readonly record struct RibEntry(Name Name, IReadOnlyList<RibRoute> Routes);
