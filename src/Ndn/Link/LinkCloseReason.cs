namespace Piccolo.Ndn.Link;

/// <summary>Why a link ended.</summary>
public enum LinkCloseReason
{
    /// <summary>Our own side asked for it.</summary>
    Requested = 0,

    /// <summary>The peer closed it.</summary>
    PeerClosed = 1,

    /// <summary>The peer sent what cannot be framed: a bad TLV, or an element over the size limit.</summary>
    ProtocolError = 2,

    /// <summary>The socket failed.</summary>
    TransportError = 3,

    /// <summary>An on-demand link was silent for its idle time.</summary>
    Idle = 4,
}
