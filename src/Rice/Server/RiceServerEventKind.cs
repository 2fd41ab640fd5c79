namespace Piccolo.Rice.Server;

/// <summary>What a RICE server asks its shell for.</summary>
public enum RiceServerEventKind
{
    /// <summary>Run a function; the outcome comes back through HandleCompleted or HandleFailed.</summary>
    RunRequested,

    /// <summary>Stop a run whose outcome is no longer wanted; nothing need come back.</summary>
    CancelRequested,

    /// <summary>Sign a portion; the signature comes back through HandleSigned.</summary>
    SignatureNeeded,
}
