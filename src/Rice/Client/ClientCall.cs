using Piccolo.Ndn;
using Piccolo.Rice.Messages;

namespace Piccolo.Rice.Client;

/// <summary>One call from its request to its end.</summary>
internal sealed class ClientCall
{
    public required ulong Id { get; init; }

    public required CallRequest Request { get; init; }

    public required Instant Deadline { get; init; }

    public ClientPhase Phase { get; set; }

    public CallTrace Trace { get; } = new();

    public required RttEstimate Rtt { get; set; }

    public FunctionDescriptor? Descriptor { get; set; }

    public Exchange? Exchange { get; set; }

    /// <summary>Until when an opaque call may still be sent.</summary>
    public Instant AcceptUntil { get; set; } = Instant.Never;

    /// <summary>Whether an Interest of an opaque call went out that may have reached a server.</summary>
    public bool MayHaveRun { get; set; }

    public bool BypassCaches { get; set; }

    public bool WasRedescribed { get; set; }

    public int CalledAgainCount { get; set; }

    public ThunkReference? Thunk { get; set; }

    public Instant AskAt { get; set; } = Instant.Never;

    /// <summary>Whether the job outlasted its estimate, so that the server will hold the next question.</summary>
    public bool WasStillRunning { get; set; }

    public int NoRouteCount { get; set; }

    public ObjectPull? Pull { get; set; }

    public long PullOctetsTotal { get; set; }

    public List<PublishedArgument> Published { get; } = [];

    /// <summary>The outstanding verification; 0 when there is none.</summary>
    public ulong VerificationId { get; set; }

    public Instant ScheduledAt { get; set; } = Instant.Never;

    public bool IsOpaque => Descriptor?.Kind == FunctionKind.Opaque;
}
