using Microsoft.Extensions.Logging;
using Piccolo.Forwarder;
using Piccolo.Forwarder.Faces;
using Piccolo.Ndn;
using Piccolo.Ndn.Link;

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
        FaceId face;
        try
        {
            face = core.AddFace(new FaceDescription(link.Capabilities, options), now);
        }
        catch (InvalidOperationException error)
        {
            LogNoRoom(link.Capabilities.RemoteUri, error.Message);
            link.Close(LinkCloseReason.Requested);
            return null;
        }

        var port = new LinkPort(this, link) { Face = face };
        _ports[face] = port;
        link.Start(port);
        return face;
    }

    /// <summary>How a link service works on a link when nobody says otherwise.</summary>
    public static LinkServiceOptions DefaultLinkOptions(ILink link) => new()
    {
        Mtu = link.Capabilities.Mtu,
        EnableCongestionMarking = link.Capabilities.ReportsSendQueue,
    };

    internal void PostClosed(LinkPort port, LinkCloseReason reason, string detail) => Post((core, now) =>
    {
        LogClosed(port.Face.Value, port.Link.Capabilities.RemoteUri, reason, detail);
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
            case ForwarderEventKind.FaceCreationRequested:
                FaceRequested?.Invoke(e.RequestId, e.Creation!);
                break;
            default:
                break;
        }
    }

    [LoggerMessage(2, LogLevel.Information, "Face {Face} to {Remote} ended: {Reason}, {Detail}")]
    private partial void LogClosed(ulong face, string remote, LinkCloseReason reason, string detail);

    [LoggerMessage(3, LogLevel.Warning, "No face for {Remote}: {Why}")]
    private partial void LogNoRoom(string remote, string why);
}
