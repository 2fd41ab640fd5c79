using Piccolo.Ndn;
using Piccolo.Ndn.Naming;
using Piccolo.Rice.Messages;

namespace Piccolo.Rice.Server;

/// <summary>One run of a function, from its first Interest until its outcome is forgotten; the journal entry of an opaque call.</summary>
internal sealed class Job
{
    public required ulong Id { get; init; }

    public required RunId ThunkId { get; init; }

    public required ServedFunction Function { get; init; }

    /// <summary>What makes two Interests the same call: the name up to the request id, or with the digest for pure calls.</summary>
    public required Name Key { get; init; }

    public required FunctionKind Kind { get; init; }

    /// <summary>The request id of an opaque call, the parameters digest of a pure one.</summary>
    public required ReadOnlyMemory<byte> CallId { get; init; }

    public required ReadOnlyMemory<byte> ParametersDigest { get; init; }

    /// <summary>Until when a repeated opaque Interest must find the entry.</summary>
    public required Instant JournalUntil { get; init; }

    public required Instant CreatedAt { get; init; }

    public Instant StartedAt { get; set; } = Instant.Never;

    public Instant Deadline { get; set; } = Instant.Never;

    public JobPhase Phase { get; set; }

    public IReadOnlyList<CallArgument> Arguments { get; set; } = [];

    public ReadOnlyMemory<byte>[] Octets { get; set; } = [];

    public int NextArgument { get; set; }

    public Name? ReflexiveName { get; set; }

    public ObjectPull? Pull { get; set; }

    public long ArgumentOctets { get; set; }

    public List<Waiter> Waiters { get; } = [];

    public bool HasThunk { get; set; }

    public ulong ProgressPermille { get; set; }

    public bool HasProgress { get; set; }

    /// <summary>The outcome: an error, a short result, or a published one; at most one is set.</summary>
    public CallError? Error { get; set; }

    public ReadOnlyMemory<byte>? Result { get; set; }

    public PublishedResult? Published { get; set; }

    public Instant FinishedAt { get; set; } = Instant.Never;

    public Instant ForgetAt { get; set; } = Instant.Never;

    /// <summary>The signed answer to the Interest <see cref="AnswerName"/>, handed out again without another signature.</summary>
    public byte[]? Answer { get; set; }

    public Name? AnswerName { get; set; }

    public long RetainedOctets { get; set; }

    public LinkedListNode<Job>? Retained { get; set; }

    /// <summary>When the timer queue will look at this job.</summary>
    public Instant ScheduledAt { get; set; } = Instant.Never;
}
