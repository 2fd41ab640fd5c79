namespace Piccolo.Ndn.Management;

/// <summary>Who put a route into the RIB; routes of one name and face with different origins live side by side.</summary>
/// <remarks>Wire: Origin, TLV-TYPE 111; other numbers are allowed and kept.</remarks>
public static class RouteOrigin
{
    /// <summary>An application that serves the prefix.</summary>
    public const ulong App = 0;

    /// <summary>Automatic registration when an on-demand face appears.</summary>
    public const ulong AutoReg = 64;

    /// <summary>A remote client over <c>/localhop</c>.</summary>
    public const ulong Client = 65;

    /// <summary>Automatic configuration of a host.</summary>
    public const ulong AutoConf = 66;

    /// <summary>The NLSR routing daemon.</summary>
    public const ulong Nlsr = 128;

    /// <summary>A prefix announcement.</summary>
    public const ulong PrefixAnnouncement = 129;

    /// <summary>Configured by the operator.</summary>
    public const ulong Static = 255;
}
