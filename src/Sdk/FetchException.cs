using Piccolo.Client.Fetching;

namespace Piccolo.Sdk;

/// <summary>An object could not be fetched; the error names the packet that stood in the way.</summary>
public sealed class FetchException : PiccoloException
{
    /// <summary>Makes the exception of a fetch's error.</summary>
    public FetchException(FetchError error)
        : base(KindOf(error), error.Message) => Error = error;

    /// <summary>Why, and at which packet.</summary>
    public FetchError Error { get; }

    private static PiccoloErrorKind KindOf(FetchError error) => error.Failure switch
    {
        FetchFailure.NoRoute => PiccoloErrorKind.NoRoute,
        FetchFailure.RetriesExhausted or FetchFailure.Stalled or FetchFailure.DeadlineExceeded => PiccoloErrorKind.Timeout,
        FetchFailure.VerificationFailed => PiccoloErrorKind.NotVerified,
        FetchFailure.TooLarge => PiccoloErrorKind.Limit,
        FetchFailure.RefusedByProducer => PiccoloErrorKind.Refused,
        _ => PiccoloErrorKind.BadAnswer,
    };
}
