using Piccolo.Compute.Values;
using Piccolo.Rice.Server;

namespace Piccolo.Compute.Agent;

/// <summary>The sizes and times of a compute agent.</summary>
public sealed record AgentOptions
{
    /// <summary>Those of its RICE server.</summary>
    public required RiceServerOptions Server { get; init; }

    /// <summary>Most functions.</summary>
    public int FunctionCountMax { get; init; } = 4096;

    /// <summary>How much each argument may unfold to.</summary>
    public ValueLimits ArgumentLimits { get; init; } = ValueLimits.Default;
}
