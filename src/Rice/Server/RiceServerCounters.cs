namespace Piccolo.Rice.Server;

/// <summary>What a RICE server did and why it refused, since it started.</summary>
public sealed class RiceServerCounters
{
    /// <summary>Call Interests that were well formed.</summary>
    public ulong Calls { get; internal set; }

    /// <summary>Jobs that were begun.</summary>
    public ulong Jobs { get; internal set; }

    /// <summary>Runs of functions that were asked for.</summary>
    public ulong Runs { get; internal set; }

    /// <summary>Call Interests that joined a job that had not ended.</summary>
    public ulong Joined { get; internal set; }

    /// <summary>Call Interests that were answered from a kept outcome.</summary>
    public ulong AnsweredAgain { get; internal set; }

    /// <summary>Questions about thunks.</summary>
    public ulong ThunkQueries { get; internal set; }

    /// <summary>Questions about thunks of unknown jobs.</summary>
    public ulong UnknownThunks { get; internal set; }

    /// <summary>Interests that fit no name of the protocol, or do not decode.</summary>
    public ulong Malformed { get; internal set; }

    /// <summary>Calls refused for a limit.</summary>
    public ulong RefusedBusy { get; internal set; }

    /// <summary>Opaque calls refused because another run may have run them.</summary>
    public ulong RefusedOutcomeUnknown { get; internal set; }

    /// <summary>Opaque calls refused because their time is over, or not yet come.</summary>
    public ulong RefusedExpired { get; internal set; }

    /// <summary>Calls refused for other reasons: unknown function or version, bad arguments, too large.</summary>
    public ulong RefusedOther { get; internal set; }

    /// <summary>Interests dropped because too many signatures were outstanding or too many Interests waited.</summary>
    public ulong Dropped { get; internal set; }

    /// <summary>Jobs that ended because an argument could not be pulled or had another digest.</summary>
    public ulong ArgumentFailures { get; internal set; }

    /// <summary>Jobs that were cancelled at their deadline.</summary>
    public ulong Cancelled { get; internal set; }

    /// <summary>Kept outcomes that were given up for a limit.</summary>
    public ulong Evicted { get; internal set; }

    /// <summary>Outcomes of jobs that were not waited for any more.</summary>
    public ulong LateOutcomes { get; internal set; }
}
