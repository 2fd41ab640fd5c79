using Piccolo.Ndn.Link;
using Piccolo.Ndn.Packets;

namespace Piccolo.Client;

/// <summary>One thing that an application is told.</summary>
public readonly record struct ClientEvent
{
    /// <summary>What happened.</summary>
    public ClientEventKind Kind { get; init; }

    /// <summary>Which expressed Interest it concerns, as it got from the core when it was expressed; 0 for a peer's Interest.</summary>
    public ulong Id { get; init; }

    /// <summary>The answer of a DataReceived; not verified.</summary>
    public Data? Data { get; init; }

    /// <summary>Greater than zero when the answer passed a congested queue.</summary>
    public ulong CongestionMark { get; init; }

    /// <summary>The reason of a Nacked.</summary>
    public NackReason NackReason { get; init; }

    /// <summary>The Interest: ours of a Nacked and TimedOut, the peer's of an InterestReceived.</summary>
    public Interest? Interest { get; init; }

    /// <summary>Under which registration the peer's Interest falls.</summary>
    public ulong RegistrationId { get; init; }

    /// <summary>What to hand to <see cref="ClientCore.Reply"/> with the answer to the peer's Interest.</summary>
    public ulong ReplyToken { get; init; }
}
