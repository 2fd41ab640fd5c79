using Piccolo.Ndn.Packets;

namespace Piccolo.Client.Fetching;

/// <summary>One segment, in its turn.</summary>
/// <param name="Number">Its number, one more than that of the segment before.</param>
/// <param name="Data">The packet; its Content is the payload.</param>
public readonly record struct FetchedSegment(ulong Number, Data Data);
