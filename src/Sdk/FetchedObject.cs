using Piccolo.Ndn.Naming;

namespace Piccolo.Sdk;

/// <summary>An object that was fetched whole.</summary>
/// <param name="Name">Its versioned name.</param>
/// <param name="Content">Its octets.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Retransmissions">Interests that were sent again.</param>
public sealed record FetchedObject(Name Name, byte[] Content, TimeSpan Elapsed, ulong Retransmissions);
