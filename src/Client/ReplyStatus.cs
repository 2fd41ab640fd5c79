namespace Piccolo.Client;

/// <summary>What became of an answer.</summary>
public enum ReplyStatus
{
    /// <summary>It is on its way.</summary>
    Sent,

    /// <summary>The Interest was answered before, or its lifetime is over.</summary>
    UnknownToken,

    /// <summary>The octets are no Data packet.</summary>
    NotData,

    /// <summary>The Data does not satisfy the Interest.</summary>
    DoesNotMatch,
}
