using Piccolo.Ndn.Link;

namespace Piccolo.Client;

/// <summary>An Interest that a peer sent and that was not answered yet.</summary>
internal sealed class IncomingInterest : IndexedInterest
{
    internal required PitToken Token { get; init; }

    /// <summary>The packet, for a Nack.</summary>
    internal required byte[] Wire { get; init; }
}
