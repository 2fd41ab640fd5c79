namespace Piccolo.Ndn.Link;

/// <summary>What may follow the scheme of a FaceUri.</summary>
internal enum FaceUriShape
{
    /// <summary>The scheme is not known.</summary>
    Unknown,

    /// <summary>Host and optional port.</summary>
    Internet,

    /// <summary>Host, optional port, optional path.</summary>
    WebSocket,

    /// <summary>An absolute path.</summary>
    Path,

    /// <summary>A MAC address in brackets.</summary>
    Ethernet,

    /// <summary>The name of a network interface.</summary>
    Device,

    /// <summary>The name of a network interface and a port.</summary>
    DeviceAndPort,

    /// <summary>A decimal number.</summary>
    Number,

    /// <summary>Letters, digits, dots, dashes and underscores.</summary>
    Label,

    /// <summary>Nothing.</summary>
    Empty,
}
