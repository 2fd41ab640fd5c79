using Piccolo.Forwarder.Faces;
using Piccolo.Forwarder.Rib;
using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Security;

namespace Piccolo.Forwarder.Management;

/// <summary>The management of one forwarder, behind its internal face, and its RIB.</summary>
/// <remarks>
/// Applications reach it at <c>/localhost/nfd</c> with NFD's protocol; the host of the forwarder may also call it. Same
/// thread as the forwarder; drain the forwarder's outputs after each call that takes <c>now</c>.
/// Answers carry NoCache, so that a list that is asked for after a change shows the change.
/// </remarks>
public sealed class ForwarderManagement : IInternalFace
{
    private static readonly LpHeaders AnswerHeaders = new() { NoCache = true };

    private readonly ForwarderCore _core;
    private readonly ForwarderControl _control;
    private readonly RibTable _rib;
    private readonly ManagementService _service;

    private ForwarderManagement(
        ForwarderCore core, ManagementOptions options, ISigner signer, ICommandAuthorizer authorizer, Instant now)
    {
        var clock = new WallClock(core.Options.UnixTimeAtZeroMs);
        _core = core;
        _control = new ForwarderControl(core, clock, now);
        var ribOptions = new RibOptions { RouteCountMax = options.RouteCountMax, NameDepthMax = options.NameDepthMax };
        _rib = new RibTable(ribOptions, _control);
        _service = new ManagementService(options, clock, _control, _rib, signer, authorizer, Send);
    }

    /// <summary>What was done and refused.</summary>
    public ManagementCounters Counters => _service.Counters;

    /// <summary>Routes in the RIB.</summary>
    public int RouteCount => _rib.RouteCount;

    /// <summary>Every RIB entry, in canonical order of names. Routes must not change meanwhile.</summary>
    public IEnumerable<RibEntry> RibEntries => _rib.Entries;

    /// <summary>FaceUris of the places where peers can reach the node, for <c>faces/channels</c>.</summary>
    public IReadOnlyList<string> ChannelUris
    {
        get => _control.ChannelUris;
        set => _control.ChannelUris = value;
    }

    /// <inheritdoc/>
    Instant IInternalFace.NextTimeout => _service.NextTimeout;

    /// <summary>Gives a forwarder its management.</summary>
    /// <param name="core">The forwarder; it keeps the management from here on.</param>
    /// <param name="options">Behaviour and limits.</param>
    /// <param name="signer">Signs answers on the forwarder's thread, so it should be fast, as a digest is.</param>
    /// <param name="authorizer">Decides on commands, such as <see cref="AnyCommandAuthorizer"/>.</param>
    /// <param name="now">The present.</param>
    public static ForwarderManagement Attach(
        ForwarderCore core, ManagementOptions options, ISigner signer, ICommandAuthorizer authorizer, Instant now)
    {
        ArgumentNullException.ThrowIfNull(core);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(authorizer);
        var management = new ForwarderManagement(core, options, signer, authorizer, now);
        core.AttachInternalFace(management, ManagementNames.Localhost, now);
        if (options.IsLocalhopRibEnabled)
        {
            core.AddNextHop(ManagementNames.Localhop, FaceId.Internal, 0, now);
        }

        return management;
    }

    /// <summary>Adds a route, or gives the one with the same prefix, face and origin new properties.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="face">Where it leads.</param>
    /// <param name="origin">Who says so, see <see cref="RouteOrigin"/>.</param>
    /// <param name="cost">The lowest is preferred.</param>
    /// <param name="flags">How the route acts on longer names.</param>
    /// <param name="expiresAt">When it ends by itself, or <see cref="Instant.Never"/>.</param>
    /// <param name="now">The present.</param>
    /// <returns>See <see cref="RibStatus"/>.</returns>
    public RibStatus AddRoute(
        Name prefix, FaceId face, ulong origin, ulong cost, RouteFlags flags, Instant expiresAt, Instant now)
    {
        _control.Now = now;
        return _control.HasFace(face)
            ? _rib.Register(prefix, face, origin, cost, flags, expiresAt)
            : RibStatus.FaceNotFound;
    }

    /// <summary>Removes a route.</summary>
    /// <returns>Whether there was one.</returns>
    public bool RemoveRoute(Name prefix, FaceId face, ulong origin, Instant now)
    {
        _control.Now = now;
        return _rib.Unregister(prefix, face, origin);
    }

    void IInternalFace.HandleTimeout(Instant now)
    {
        _control.Now = now;
        _service.HandleTimeout(now);
    }

    void IInternalFace.OnInterest(in LpHeaders headers, ReadOnlySpan<byte> packet, Instant now)
    {
        _control.Now = now;
        FaceId ingress = headers.IncomingFaceId is ulong number ? new FaceId(number) : FaceId.Internal;
        _service.HandleInterest(packet, ingress, now);
    }

    void IInternalFace.OnAnswer(in LpHeaders headers, ReadOnlySpan<byte> packet, Instant now)
    {
        // Management asks nobody anything, so nothing that comes here is expected.
    }

    void IInternalFace.OnFaceCreated(Face face, Instant now) => HandleFaceEvent(FaceEventKind.Created, face, now);

    void IInternalFace.OnFaceDestroyed(Face face, Instant now) => HandleFaceEvent(FaceEventKind.Destroyed, face, now);

    void IInternalFace.OnFaceCreationCompleted(ulong requestId, FaceCreationOutcome outcome, Instant now)
    {
        _control.Now = now;
        _service.CompleteFaceCreation(requestId, outcome, now);
    }

    private void HandleFaceEvent(FaceEventKind kind, Face face, Instant now)
    {
        _control.Now = now;
        var notification = new FaceEventNotification
        {
            Kind = kind,
            FaceId = face.Id.Value,
            Uri = face.Capabilities.RemoteUri,
            LocalUri = face.Capabilities.LocalUri,
            FaceScope = face.Capabilities.Scope,
            FacePersistency = face.Persistency,
            LinkType = face.Type,
            Flags = ForwarderControl.FlagsOf(face),
        };
        _service.HandleFaceEvent(notification, now);
    }

    private void Send(byte[] packet, Instant now) => _core.SendFromInternalFace(AnswerHeaders, packet, now);
}
