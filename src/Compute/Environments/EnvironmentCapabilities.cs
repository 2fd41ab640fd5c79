namespace Piccolo.Compute.Environments;

/// <summary>What an execution environment can do beyond running a call.</summary>
[Flags]
public enum EnvironmentCapabilities
{
    /// <summary>Nothing beyond.</summary>
    None = 0,

    /// <summary>A call can be stopped before it ends by itself.</summary>
    Cancel = 1,

    /// <summary>An instance can be suspended and resumed.</summary>
    Suspend = 2,

    /// <summary>The state of an instance can be taken out and put into another.</summary>
    Snapshot = 4,

    /// <summary>Fuel is metered, not estimated.</summary>
    ExactFuel = 8,
}
