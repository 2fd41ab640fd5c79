namespace Piccolo.Rice.Messages;

/// <summary>What the system may do with calls of a function.</summary>
public enum FunctionKind
{
    /// <summary>The same arguments give the same result and nothing else happens: results are cached, shared and recomputed.</summary>
    Pure = 1,

    /// <summary>A call has effects, or answers differently each time: it runs at most once for each request.</summary>
    Opaque = 2,
}
