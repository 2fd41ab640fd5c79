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
    private readonly Dictionary<string, FaceId> _configured = new(StringComparer.Ordinal);

    /// <summary>Begins to answer the strand's wishes for faces.</summary>
    public NodeFaces(LinkFactory factory, ForwarderStrand strand, ILogger log)
    {
        _factory = factory;
        _strand = strand;
        _log = log;
        strand.FaceRequested = (id, request) => _ = CreateAsync(id, request);
    }

    /// <summary>Makes a route to a peer, over a permanent face; several routes to one peer share it.</summary>
    /// <exception cref="LinkOpenException">The face could not be made.</exception>
    public async Task AddRouteAsync(Name prefix, string faceUri, ulong cost, CancellationToken cancellation)
    {
        if (!_configured.TryGetValue(faceUri, out FaceId face))
        {
            face = await OpenPermanentAsync(faceUri, cancellation).ConfigureAwait(false)
                ?? throw new LinkOpenException(faceUri, LinkOpenFailure.SocketFailure, "the node has no room for another face");
            _configured.Add(faceUri, face);
        }

        await _strand.AddRouteAsync(prefix, face, cost).ConfigureAwait(false);
    }

    private async Task<FaceId?> OpenPermanentAsync(string faceUri, CancellationToken cancellation)
    {
        try
        {
            ILink link = await _factory.OpenAsync(faceUri, FacePersistency.Permanent, cancellation).ConfigureAwait(false);
            return await _strand.AttachAsync(link).ConfigureAwait(false);
        }
        catch (LinkOpenException error) when (error.Existing is { } existing)
        {
            // The peer was faster and has a face here already; it becomes as lasting as the route.
            (existing as IPersistencyControl)?.TrySetPersistency(FacePersistency.Permanent);
            return await _strand.FaceOfAsync(existing).ConfigureAwait(false);
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
            FaceId? face = await _strand.FaceOfAsync(existing).ConfigureAwait(false);
            string? why = face is null ? "the face to that peer is being made or removed; try again" : null;
            _strand.Post((core, now) => core.CompleteFaceCreation(
                requestId, new FaceCreationOutcome(face, IsExisting: face is not null, why), now));
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
