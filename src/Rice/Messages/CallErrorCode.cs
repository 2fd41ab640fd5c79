namespace Piccolo.Rice.Messages;

/// <summary>Every way in which a call can fail.</summary>
/// <remarks>Wire: the codes below 1000 travel in CALL-ERROR; the others are conclusions of the caller and never travel.</remarks>
public enum CallErrorCode
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>The node that was reached knows no function of this name.</summary>
    UnknownFunction = 1,

    /// <summary>The function exists, but not in this version of its code.</summary>
    UnknownVersion = 2,

    /// <summary>An argument is missing, superfluous, malformed or of a wrong type; the error names it.</summary>
    BadArguments = 3,

    /// <summary>The function ran and failed; the message is its own.</summary>
    FunctionFailed = 4,

    /// <summary>A limit of the server is reached; the call did not run and may be made again later.</summary>
    Busy = 5,

    /// <summary>An argument or a result is larger than the server or the caller accepts.</summary>
    TooLarge = 6,

    /// <summary>The server could not pull an argument, or its octets do not have the promised digest; the call did not run.</summary>
    ArgumentUnavailable = 7,

    /// <summary>An opaque call may or may not have run; it is not repeated by itself.</summary>
    OutcomeUnknown = 8,

    /// <summary>The call, or the result it asks for, is past its lifetime.</summary>
    Expired = 9,

    /// <summary>The caller may not call this function.</summary>
    NotAuthorised = 10,

    /// <summary>A fault of the server; the message says what it may say.</summary>
    Internal = 11,

    /// <summary>The job ran past its deadline, or was cancelled, and was stopped.</summary>
    Cancelled = 12,

    /// <summary>The network has no route to the function.</summary>
    NoRoute = 1000,

    /// <summary>The time allowed for the call is over, and the call is known to have had no effect or to be pure.</summary>
    DeadlineExceeded = 1001,

    /// <summary>An answer came whose signature is not trusted.</summary>
    NotVerified = 1002,

    /// <summary>An answer came that does not follow the protocol.</summary>
    BadReply = 1003,

    /// <summary>The segments of the result could not be fetched, or do not have the promised digest.</summary>
    ResultUnavailable = 1004,

    /// <summary>The caller gave the call up.</summary>
    Abandoned = 1005,
}
