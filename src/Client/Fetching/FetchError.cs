using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;

namespace Piccolo.Client.Fetching;

/// <summary>Why a fetch failed, and at which packet.</summary>
/// <param name="Failure">The kind.</param>
/// <param name="Name">Name of the packet that could not be had, or of the object when it is the whole.</param>
/// <param name="Segment">Number of the segment, or null when it was not about one.</param>
/// <param name="Message">A sentence for people, with the name in it.</param>
/// <param name="Data">The packet that gave rise to it, such as the producer's refusal; null when nothing came.</param>
public sealed record FetchError(FetchFailure Failure, Name Name, ulong? Segment, string Message, Data? Data = null);
