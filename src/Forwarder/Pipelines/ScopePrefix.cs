namespace Piccolo.Forwarder.Pipelines;

/// <summary>The two name prefixes that limit how far a packet may travel.</summary>
/// <remarks>Source: NFD, scope control.</remarks>
internal static class ScopePrefix
{
    private static ReadOnlySpan<byte> Localhost => "\x08\x09localhost"u8;

    private static ReadOnlySpan<byte> Localhop => "\x08\x08localhop"u8;

    /// <summary>Whether a Name TLV-VALUE begins with <c>/localhost</c>: it never leaves this host.</summary>
    public static bool IsLocalhost(ReadOnlySpan<byte> nameValue) => nameValue.StartsWith(Localhost);

    /// <summary>Whether a Name TLV-VALUE begins with <c>/localhop</c>: it travels one hop at most.</summary>
    public static bool IsLocalhop(ReadOnlySpan<byte> nameValue) => nameValue.StartsWith(Localhop);
}
