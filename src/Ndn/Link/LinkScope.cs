namespace Piccolo.Ndn.Link;

/// <summary>Whether a link stays on this host; only local ones may carry <c>/localhost</c>.</summary>
/// <remarks>Source: NFD management, FaceScope (0 non-local, 1 local).</remarks>
public enum LinkScope
{
    /// <summary>The peer is on another host, or cannot be told from one that is.</summary>
    NonLocal = 0,

    /// <summary>The peer is on this host.</summary>
    Local = 1,
}
