namespace Piccolo.Rice.Client;

/// <summary>The steps of a call.</summary>
public enum CallStepKind
{
    /// <summary>The descriptor of the function was asked for.</summary>
    DescribeSent,

    /// <summary>The descriptor came.</summary>
    Described,

    /// <summary>The descriptor was at hand from an earlier call.</summary>
    DescriptorKnown,

    /// <summary>The call was sent.</summary>
    CallSent,

    /// <summary>An unanswered Interest was sent again.</summary>
    SentAgain,

    /// <summary>The server began to pull a published argument.</summary>
    ArgumentPulled,

    /// <summary>The answer was a thunk.</summary>
    ThunkReceived,

    /// <summary>The thunk was asked.</summary>
    ThunkAsked,

    /// <summary>The job had not ended.</summary>
    StillRunning,

    /// <summary>The final answer came.</summary>
    ReplyReceived,

    /// <summary>A long result is being fetched.</summary>
    FetchStarted,

    /// <summary>A long result is complete and has its digest.</summary>
    FetchEnded,

    /// <summary>A signature was checked.</summary>
    Verified,

    /// <summary>A Nack came.</summary>
    Nacked,

    /// <summary>The call is made again, which is safe here; the detail says why.</summary>
    CalledAgain,

    /// <summary>The call ended with a result.</summary>
    Completed,

    /// <summary>The call ended with an error.</summary>
    Failed,
}
