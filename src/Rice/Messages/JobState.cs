namespace Piccolo.Rice.Messages;

/// <summary>How far the job behind a thunk is.</summary>
public enum JobState
{
    /// <summary>The server knows no such job: it never had it, forgot it after its expiry, or was restarted.</summary>
    Unknown = 0,

    /// <summary>Accepted; arguments are being pulled, or it waits for its turn.</summary>
    Queued = 1,

    /// <summary>The function runs.</summary>
    Running = 2,

    /// <summary>It ended with a result.</summary>
    Done = 3,

    /// <summary>It ended with an error.</summary>
    Failed = 4,
}
