using Microsoft.Extensions.Logging;
using Piccolo.Drivers;
using Piccolo.Forwarder;
using Piccolo.Forwarder.Faces;
using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;

namespace Piccolo.Node.Engine;

internal sealed partial class ForwarderStrand
{
    /// <summary>Gives a link a face and starts it.</summary>
    /// <returns>The face, or null when the engine has no room for one more (the link is closed then).</returns>
    public Task<FaceId?> AttachAsync(ILink link) => CallAsync<FaceId?>((core, now) => Attach(core, link, DefaultLinkOptions(link), now));

    /// <summary>Gives a link a face and starts it; for drivers that hand over accepted links.</summary>
    public void Attach(ILink link) => Post((core, now) => Attach(core, link, DefaultLinkOptions(link), now));

    /// <summary>Gives a link a face and starts it; only inside <see cref="Post"/>.</summary>
    public FaceId? Attach(ForwarderCore core, ILink link, LinkServiceOptions options, Instant now)
    {
        FaceId face = core.AddFace(new FaceDescription(link.Capabilities, options), now);
        if (face == FaceId.None)
        {
            LogNoRoom(link.Capabilities.RemoteUri);
            link.Close(LinkCloseReason.Requested);
            return null;
        }

        var port = new LinkPort(this, link) { Face = face };
        _ports[face] = port;
        link.Start(port);
        return face;
    }

    /// <summary>Says where peers reach the node, which management lists as its channels.</summary>
    public void SetChannels(IReadOnlyList<string> uris) => Post((_, _) => _management.ChannelUris = uris);

    /// <summary>Adds a route of the configuration.</summary>
    public Task<bool> AddRouteAsync(Name prefix, FaceId face, ulong cost) => CallAsync((_, now) =>
    {
        _management.AddRoute(prefix, face, RouteOrigin.Static, cost, RouteFlags.ChildInherit, Instant.Never, now);
        return true;
    });

    /// <summary>Says where peers can reach the node.</summary>
    public Task<bool> SetChannelsAsync(IReadOnlyList<string> uris) => CallAsync((_, _) =>
    {
        _management.ChannelUris = uris;
        return true;
    });

    /// <summary>The face of a link, or null; only inside <see cref="Post"/>.</summary>
    public FaceId? FaceOf(ILink link)
    {
        foreach ((FaceId face, LinkPort port) in _ports)
        {
            if (ReferenceEquals(port.Link, link))
            {
                return face;
            }
        }

        return null;
    }

    /// <summary>The face of a link, or null; a link that was accepted this moment gets its face in the turns before this one.</summary>
    public Task<FaceId?> FaceOfAsync(ILink link) => CallAsync<FaceId?>((_, _) => FaceOf(link));

    /// <summary>Closes every link.</summary>
    public Task<bool> CloseAllAsync() => CallAsync((_, _) =>
    {
        foreach (LinkPort port in _ports.Values.ToArray())
        {
            port.Link.Close(LinkCloseReason.Requested);
        }

        return true;
    });

    /// <summary>How a link service works on a link when nobody says otherwise.</summary>
    public static LinkServiceOptions DefaultLinkOptions(ILink link) => new()
    {
        Mtu = link.Capabilities.Mtu,
        EnableCongestionMarking = link.Capabilities.ReportsSendQueue,
    };

    internal void PostClosed(LinkPort port, LinkCloseReason reason, string detail) => Post((core, now) =>
    {
        bool isOrdinary = reason is LinkCloseReason.Requested or LinkCloseReason.PeerClosed or LinkCloseReason.Idle;
        LogClosed(
            isOrdinary ? LogLevel.Debug : LogLevel.Warning, port.Face.Value, port.Link.Capabilities.RemoteUri, reason, detail);
        _ports.Remove(port.Face);
        core.RemoveFace(port.Face, now);
    });

    private void OnEvent(ForwarderEvent e)
    {
        switch (e.Kind)
        {
            case ForwarderEventKind.FaceDestroyRequested:
            case ForwarderEventKind.FaceDestroyed:
                if (_ports.TryGetValue(e.Face, out LinkPort? port))
                {
                    port.Link.Close(LinkCloseReason.Requested);
                }

                break;
            case ForwarderEventKind.FaceUpdated:
                UpdatePersistency(e.Face);
                break;
            case ForwarderEventKind.FaceCreationRequested:
                FaceRequested?.Invoke(e.RequestId, e.Creation!);
                break;
            default:
                break;
        }
    }

    private void UpdatePersistency(FaceId face)
    {
        bool isKnown = _ports.TryGetValue(face, out LinkPort? port);
        if (isKnown && _core.FindFace(face) is { } found && port!.Link is IPersistencyControl control)
        {
            control.TrySetPersistency(found.Persistency);
        }
    }

    [LoggerMessage(EventId = 2, Message = "Face {Face} to {Remote} ended: {Reason}, {Detail}")]
    private partial void LogClosed(LogLevel level, ulong face, string remote, LinkCloseReason reason, string detail);

    [LoggerMessage(3, LogLevel.Warning, "No face for {Remote}: there are too many")]
    private partial void LogNoRoom(string remote);
}
