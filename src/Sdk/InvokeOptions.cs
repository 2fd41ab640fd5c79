using Piccolo.Ndn.Naming;
using Piccolo.Sdk.Trust;

namespace Piccolo.Sdk;

/// <summary>How a call is made.</summary>
public sealed record InvokeOptions
{
    /// <summary>How long the call may take, everything included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whose results are believed; null for the client's.</summary>
    public IKeyTrust? Trust { get; init; }

    /// <summary>A prefix routed to this application's node, under which large arguments are pulled; null for the node's own name.</summary>
    public Name? ReplyPrefix { get; init; }

    /// <summary>Ask the function itself, past all caches of results.</summary>
    public bool BypassCaches { get; init; }

    /// <summary>Told how far a long transfer is, 0 to 1.</summary>
    public IProgress<double>? Progress { get; init; }
}
