using Microsoft.Extensions.Logging;
using Piccolo.Drivers;
using Piccolo.Forwarder;
using Piccolo.Forwarder.Faces;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;

namespace Piccolo.Node.Engine;

/// <summary>Makes the faces that management and the configuration ask for.</summary>
internal sealed partial class NodeFaces
{
    private readonly LinkFactory _factory;
    private readonly ForwarderStrand _strand;
    private readonly ILogger _log;

    /// <summary>Begins to answer the strand's wishes for faces.</summary>
    public NodeFaces(LinkFactory factory, ForwarderStrand strand, ILogger log)
    {
        _factory = factory;
        _strand = strand;
        _log = log;
        strand.FaceRequested = (id, request) => _ = CreateAsync(id, request);
    }

    /// <summary>Makes a permanent face and a route to it.</summary>
    /// <exception cref="LinkOpenException">The face could not be made.</exception>
    public async Task AddRouteAsync(Name prefix, string faceUri, ulong cost, CancellationToken cancellation)
    {
        ILink link = await _factory.OpenAsync(faceUri, FacePersistency.Permanent, cancellation).ConfigureAwait(false);
        FaceId? face = await _strand.AttachAsync(link).ConfigureAwait(false);
        if (face is { } made)
        {
            await _strand.AddRouteAsync(prefix, made, cost).ConfigureAwait(false);
        }
    }

    private async Task CreateAsync(ulong requestId, FaceCreationRequest request)
    {
        try
        {
            ILink link = await _factory.OpenAsync(request.RemoteUri, request.Persistency, CancellationToken.None).ConfigureAwait(false);
            _strand.Post((core, now) =>
            {
                LinkServiceOptions options = request.LinkOptions ?? ForwarderStrand.DefaultLinkOptions(link);
                options = options with { Mtu = Math.Min(request.Mtu ?? int.MaxValue, link.Capabilities.Mtu) };
                FaceId? face = _strand.Attach(core, link, options, now);
                string? error = face is null ? "the node has no room for another face" : null;
                core.CompleteFaceCreation(requestId, new FaceCreationOutcome(face, IsExisting: false, error), now);
            });
        }
        catch (LinkOpenException error) when (error.Existing is { } existing)
        {
            _strand.Post((core, now) => core.CompleteFaceCreation(
                requestId, new FaceCreationOutcome(_strand.FaceOf(existing), IsExisting: true, null), now));
        }
        catch (Exception error)
        {
            LogFailed(request.RemoteUri, error.Message);
            _strand.Post((core, now) => core.CompleteFaceCreation(
                requestId, new FaceCreationOutcome(null, IsExisting: false, error.Message), now));
        }
    }

    [LoggerMessage(30, LogLevel.Warning, "No face to {Remote}: {Why}")]
    private partial void LogFailed(string remote, string why);
}
