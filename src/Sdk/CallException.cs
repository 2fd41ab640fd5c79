using Piccolo.Ndn.Naming;
using Piccolo.Rice.Client;
using Piccolo.Rice.Messages;

namespace Piccolo.Sdk;

/// <summary>A function call that failed: which, why, and what happened on the way.</summary>
public sealed class CallException : PiccoloException
{
    /// <summary>Makes the exception of a call's error.</summary>
    public CallException(Name function, CallError error, CallTrace? trace)
        : base(KindOf(error), Sentence(function, error))
    {
        Function = function;
        Error = error;
        Trace = trace;
    }

    /// <summary>The function that was called.</summary>
    public Name Function { get; }

    /// <summary>The error: its code, its message, and the argument that is to blame if one is.</summary>
    public CallError Error { get; }

    /// <summary>The steps of the call; null when there were none.</summary>
    public CallTrace? Trace { get; }

    private static PiccoloErrorKind KindOf(CallError error) => error.Code switch
    {
        CallErrorCode.NoRoute => PiccoloErrorKind.NoRoute,
        CallErrorCode.DeadlineExceeded => PiccoloErrorKind.Timeout,
        CallErrorCode.NotVerified => PiccoloErrorKind.NotVerified,
        CallErrorCode.BadReply => PiccoloErrorKind.BadAnswer,
        _ => PiccoloErrorKind.Call,
    };

    private static string Sentence(Name function, CallError error) => error.Code switch
    {
        CallErrorCode.UnknownFunction => $"there is no function {function}: {error.Message}",
        CallErrorCode.NoRoute => $"there is no function {function}: no node that can be reached serves it ({error.Message})",
        CallErrorCode.BadArguments when error.ArgumentName.Length > 0 =>
            $"{function}: the argument '{error.ArgumentName}' {error.Message}",
        CallErrorCode.FunctionFailed => $"{function} failed: {error.Message}",
        CallErrorCode.OutcomeUnknown => $"{function} may or may not have run: {error.Message}",
        _ => $"{function}: {error.Message}",
    };
}
