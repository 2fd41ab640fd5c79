using Piccolo.Ndn.Naming;
using Piccolo.Rice.Messages;

namespace Piccolo.Compute.Agent;

/// <summary>One report or wish of a compute agent.</summary>
public sealed record AgentEvent
{
    /// <summary>What it is.</summary>
    public required AgentEventKind Kind { get; init; }

    /// <summary>The number of the signature.</summary>
    public ulong Id { get; init; }

    /// <summary>What to sign.</summary>
    public ReadOnlyMemory<byte> Portion { get; init; }

    /// <summary>The function that is served, withdrawn or failed.</summary>
    public Name? Function { get; init; }

    /// <summary>Why a deployment failed.</summary>
    public CallError? Error { get; init; }
}
