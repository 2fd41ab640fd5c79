namespace Piccolo.Ndn.Link;

/// <summary>How many peers a link reaches.</summary>
/// <remarks>Source: NFD management, LinkType.</remarks>
public enum LinkType
{
    /// <summary>One peer.</summary>
    PointToPoint = 0,

    /// <summary>Several peers that all hear each other.</summary>
    MultiAccess = 1,

    /// <summary>Several peers, not all of which hear each other.</summary>
    AdHoc = 2,
}
