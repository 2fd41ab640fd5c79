namespace Piccolo.Rice.Client;

/// <summary>What a RICE client reports or asks for.</summary>
public enum RiceClientEventKind
{
    /// <summary>Check who signed an answer; the verdict comes back through HandleVerified.</summary>
    VerifyNeeded,

    /// <summary>A call ended with a result.</summary>
    Completed,

    /// <summary>A call ended with an error.</summary>
    Failed,
}
