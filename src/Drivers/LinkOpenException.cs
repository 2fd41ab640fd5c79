using System.Net.Sockets;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers;

/// <summary>A link or a listener could not be made.</summary>
public sealed class LinkOpenException : Exception
{
    /// <summary>Describes the failure.</summary>
    /// <param name="value">The FaceUri, or the part of it, that stands in the way.</param>
    /// <param name="failure">Why.</param>
    /// <param name="sentence">What happened, for people; the value is put in front.</param>
    /// <param name="inner">What the platform said, if anything.</param>
    /// <param name="existing">The link that is already there, for <see cref="LinkOpenFailure.AlreadyOpen"/>.</param>
    public LinkOpenException(
        string value, LinkOpenFailure failure, string sentence, Exception? inner = null, ILink? existing = null)
        : base($"'{value}': {sentence}", inner)
    {
        Value = value;
        Failure = failure;
        Existing = existing;
    }

    /// <summary>The FaceUri, or the part of it, that stands in the way.</summary>
    public string Value { get; }

    /// <summary>Why it could not be made.</summary>
    public LinkOpenFailure Failure { get; }

    /// <summary>The link that is already there; else null.</summary>
    public ILink? Existing { get; }

    internal static LinkOpenException FromSocket(string value, SocketException error)
    {
        LinkOpenFailure failure = error.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => LinkOpenFailure.Refused,
            SocketError.TimedOut => LinkOpenFailure.TimedOut,
            SocketError.AddressAlreadyInUse => LinkOpenFailure.AddressInUse,
            SocketError.AccessDenied => LinkOpenFailure.NotPermitted,
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => LinkOpenFailure.NameNotResolved,
            _ => LinkOpenFailure.SocketFailure,
        };
        return new LinkOpenException(value, failure, error.Message, error);
    }
}
