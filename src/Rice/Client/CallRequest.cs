using Piccolo.Ndn.Naming;

namespace Piccolo.Rice.Client;

/// <summary>A call that somebody wants made.</summary>
public sealed record CallRequest
{
    /// <summary>The function.</summary>
    public required Name Function { get; init; }

    /// <summary>Its arguments, by position first or by name.</summary>
    public IReadOnlyList<SuppliedArgument> Arguments { get; init; } = [];

    /// <summary>A prefix by which the network can reach the caller, for this call; null for that of the options.</summary>
    public Name? ReplyPrefix { get; init; }

    /// <summary>How long the call may take, everything included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Ask the function itself, past all caches of results.</summary>
    public bool BypassCaches { get; init; }
}
