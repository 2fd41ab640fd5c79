namespace Piccolo.Drivers;

/// <summary>Why a link or a listener could not be made.</summary>
public enum LinkOpenFailure
{
    /// <summary>The text is not a FaceUri, or not a complete one.</summary>
    BadUri,

    /// <summary>No driver here makes such links.</summary>
    Unsupported,

    /// <summary>The host name has no address, or none of the IP version asked for.</summary>
    NameNotResolved,

    /// <summary>Nobody answers there.</summary>
    Refused,

    /// <summary>No answer within the connect time-out.</summary>
    TimedOut,

    /// <summary>Somebody listens there already.</summary>
    AddressInUse,

    /// <summary>The operating system does not let this process do it.</summary>
    NotPermitted,

    /// <summary>A link to that peer exists on the same socket; see <see cref="LinkOpenException.Existing"/>.</summary>
    AlreadyOpen,

    /// <summary>The socket failed in another way; the inner exception tells.</summary>
    SocketFailure,
}
