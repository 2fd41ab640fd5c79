namespace Piccolo.Compute.Agent;

/// <summary>What a compute agent reports or asks for.</summary>
public enum AgentEventKind
{
    /// <summary>Sign a portion; the signature comes back through HandleSigned.</summary>
    SignatureNeeded,

    /// <summary>A function, or another version of one, is served: its prefix is to be announced to the forwarder.</summary>
    FunctionServed,

    /// <summary>A function is served no longer: its prefix is to be withdrawn.</summary>
    FunctionWithdrawn,

    /// <summary>A function could not be brought into its environment.</summary>
    DeploymentFailed,
}
