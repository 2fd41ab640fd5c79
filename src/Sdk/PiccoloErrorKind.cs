namespace Piccolo.Sdk;

/// <summary>What went wrong, for programs.</summary>
public enum PiccoloErrorKind
{
    /// <summary>The connection to the node ended.</summary>
    Disconnected,

    /// <summary>No answer came in time.</summary>
    Timeout,

    /// <summary>The network has no route for the name.</summary>
    NoRoute,

    /// <summary>The network refused the Interest for another reason.</summary>
    Nacked,

    /// <summary>The node refused a management command.</summary>
    Refused,

    /// <summary>What came is not what the protocol says.</summary>
    BadAnswer,

    /// <summary>A signature is wrong, or its key is not trusted.</summary>
    NotVerified,

    /// <summary>A function call failed; the exception carries the details.</summary>
    Call,

    /// <summary>A limit of this library was reached.</summary>
    Limit,
}
