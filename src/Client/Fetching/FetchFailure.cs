namespace Piccolo.Client.Fetching;

/// <summary>Why a fetch failed.</summary>
public enum FetchFailure
{
    /// <summary>It did not fail.</summary>
    None,

    /// <summary>A segment was asked for as often as allowed and never came.</summary>
    RetriesExhausted,

    /// <summary>Nothing came for so long that waiting on makes no sense.</summary>
    Stalled,

    /// <summary>The time for the whole fetch is over.</summary>
    DeadlineExceeded,

    /// <summary>The network knows no way to the object.</summary>
    NoRoute,

    /// <summary>The producer says that it has no such thing (Data with content type Nack).</summary>
    RefusedByProducer,

    /// <summary>A segment did not pass the check of its signature.</summary>
    VerificationFailed,

    /// <summary>The octets of the whole do not have the expected SHA-256.</summary>
    DigestMismatch,

    /// <summary>Segments disagree about which one is the last.</summary>
    InconsistentEnd,

    /// <summary>The object is larger than allowed.</summary>
    TooLarge,

    /// <summary>The metadata does not hold a name.</summary>
    BadMetadata,

    /// <summary>The application gave it up.</summary>
    Cancelled,
}
