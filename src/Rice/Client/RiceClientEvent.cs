using Piccolo.Ndn.Packets;
using Piccolo.Rice.Messages;

namespace Piccolo.Rice.Client;

/// <summary>One report or wish of a RICE client.</summary>
public sealed record RiceClientEvent
{
    /// <summary>What it is.</summary>
    public required RiceClientEventKind Kind { get; init; }

    /// <summary>The call; for a verification, the number that the verdict goes with.</summary>
    public required ulong Id { get; init; }

    /// <summary>The call that a verification is for; 0 otherwise.</summary>
    public ulong CallId { get; init; }

    /// <summary>The answer to be verified.</summary>
    public Data? Data { get; init; }

    /// <summary>The result's CBOR octets.</summary>
    public ReadOnlyMemory<byte> Result { get; init; }

    /// <summary>Why a call failed.</summary>
    public CallError? Error { get; init; }

    /// <summary>What happened in a call that ended.</summary>
    public CallTrace? Trace { get; init; }
}
