namespace Piccolo.Compute.Environments;

/// <summary>What an environment reports.</summary>
public enum EnvironmentEventKind
{
    /// <summary>The code is in place.</summary>
    Provisioned,

    /// <summary>An instance is ready; the event carries its number.</summary>
    Instantiated,

    /// <summary>A call ended; the event carries the result or the error.</summary>
    Completed,

    /// <summary>A running call says how far it is.</summary>
    Progressed,

    /// <summary>An instance is suspended.</summary>
    Suspended,

    /// <summary>An instance runs on.</summary>
    Resumed,

    /// <summary>The state of an instance was taken; the event carries it.</summary>
    SnapshotTaken,

    /// <summary>An instance was made from a snapshot; the event carries its number.</summary>
    Restored,

    /// <summary>An instance is gone, as it was asked for.</summary>
    Terminated,

    /// <summary>An operation failed or is not among the capabilities; the event carries the reason.</summary>
    OperationFailed,

    /// <summary>An instance died by itself; its calls are reported as ended one by one.</summary>
    InstanceLost,
}
