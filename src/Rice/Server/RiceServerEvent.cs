using Piccolo.Ndn;
using Piccolo.Rice.Messages;

namespace Piccolo.Rice.Server;

/// <summary>One wish of a RICE server.</summary>
public sealed record RiceServerEvent
{
    /// <summary>What is wished.</summary>
    public required RiceServerEventKind Kind { get; init; }

    /// <summary>The job for runs and cancellations, the signature's number otherwise.</summary>
    public required ulong Id { get; init; }

    /// <summary>The function to run.</summary>
    public FunctionDescriptor? Function { get; init; }

    /// <summary>The arguments to run it on.</summary>
    public IReadOnlyList<ReceivedArgument> Arguments { get; init; } = [];

    /// <summary>When the run will be cancelled.</summary>
    public Instant Deadline { get; init; } = Instant.Never;

    /// <summary>What to sign.</summary>
    public ReadOnlyMemory<byte> Portion { get; init; }
}
