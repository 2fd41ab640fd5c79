using System.Text;
using Piccolo.Forwarder.Faces;
using Piccolo.Forwarder.Rib;
using Piccolo.Ndn;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Forwarder.Management;

/// <summary>NFD's management protocol: takes the Interests of <c>/localhost/nfd</c> and answers them with Data.</summary>
/// <remarks>
/// One owner thread. A command is carried out before the call that brings it returns, except the creation of a face, which
/// is the host's work. An unknown command is answered 501 and unreadable parameters 400, where NFD says nothing.
/// Source: NFD management protocol.
/// </remarks>
internal sealed partial class ManagementService
{
    /// <summary>A filter stands in the name of every segment of its answer, and must leave room there.</summary>
    private const int FilterOctetsMax = 400;

    private readonly ManagementOptions _options;
    private readonly IManagedForwarder _forwarder;
    private readonly RibTable _rib;
    private readonly ISigner _signer;
    private readonly ICommandAuthorizer _authorizer;
    private readonly Action<byte[], Instant> _send;
    private readonly FaceModule _faceModule;
    private readonly FibModule _fibModule;
    private readonly CsModule _csModule;
    private readonly StrategyChoiceModule _strategyModule;
    private readonly RibModule _ribModule;
    private readonly DatasetModule _datasets;
    private readonly DatasetPublisher _publisher;
    private readonly FaceEventPublisher _events;
    private Instant _now;

    /// <param name="options">Behaviour and limits.</param>
    /// <param name="clock">Time of day.</param>
    /// <param name="forwarder">What is managed.</param>
    /// <param name="rib">The routes; its FIB is <paramref name="forwarder"/>.</param>
    /// <param name="signer">Signs every answer, inline.</param>
    /// <param name="authorizer">Decides on commands.</param>
    /// <param name="send">Takes each Data packet.</param>
    public ManagementService(
        ManagementOptions options,
        WallClock clock,
        IManagedForwarder forwarder,
        RibTable rib,
        ISigner signer,
        ICommandAuthorizer authorizer,
        Action<byte[], Instant> send)
    {
        _options = options;
        _forwarder = forwarder;
        _rib = rib;
        _signer = signer;
        _authorizer = authorizer;
        _send = send;
        _faceModule = new FaceModule(options, forwarder, Answer);
        _fibModule = new FibModule(options, forwarder);
        _csModule = new CsModule(options, forwarder);
        _strategyModule = new StrategyChoiceModule(options, forwarder);
        _ribModule = new RibModule(options, clock, forwarder, rib);
        _datasets = new DatasetModule(options, forwarder, rib);
        _publisher = new DatasetPublisher(options, clock, signer);
        _events = new FaceEventPublisher(options, signer);
    }

    /// <summary>What was done and refused.</summary>
    public ManagementCounters Counters { get; } = new();

    /// <summary>When <see cref="HandleTimeout"/> has work.</summary>
    public Instant NextTimeout =>
        Instant.Min(Instant.Min(_publisher.NextTimeout, _faceModule.NextTimeout), _rib.NextTimeout);

    /// <summary>Ends datasets, face creations and routes whose time is over.</summary>
    public void HandleTimeout(Instant now)
    {
        _now = now;
        _publisher.HandleTimeout(now);
        _faceModule.HandleTimeout(now);
        _rib.HandleTimeout(now, _options.ExpiriesPerCallMax);
    }

    /// <summary>Takes an Interest that was forwarded to management.</summary>
    public void HandleInterest(ReadOnlySpan<byte> packet, FaceId ingress, Instant now)
    {
        _now = now;
        if (InterestView.TryDecode(packet, out InterestView interest) != TlvStatus.Ok)
        {
            Counters.InterestsMalformed++;
            return;
        }

        Name name = interest.Name.ToName();
        if (name.Count > 0 && name[^1].Type == TlvType.ImplicitSha256DigestComponent)
        {
            Counters.InterestsUnanswered++; // Asks for one exact packet, which a fresh answer never is.
            return;
        }

        bool isLocalhop = _options.IsLocalhopRibEnabled && ManagementNames.Localhop.IsPrefixOf(name);
        bool isOurs = isLocalhop || ManagementNames.Localhost.IsPrefixOf(name);
        if (!isOurs || name.Count <= ManagementNames.VerbIndex)
        {
            Counters.InterestsUnanswered++;
            return;
        }

        string module = TextOf(name[ManagementNames.ModuleIndex]);
        string verb = TextOf(name[ManagementNames.VerbIndex]);
        DatasetKind dataset = isLocalhop ? DatasetKind.None : FindDataset(module, verb);
        if (dataset == DatasetKind.FacesEvents)
        {
            var query = new FaceEventPublisher.EventQuery(
                name, interest.CanBePrefix, interest.MustBeFresh, interest.LifetimeMs);
            SendFromMemory(_events.Find(query, now));
        }
        else if (dataset != DatasetKind.None)
        {
            HandleDataset(dataset, name, interest.CanBePrefix);
        }
        else
        {
            HandleCommand(interest, name, module, verb, new CommandOrigin(ingress, isLocalhop));
        }
    }

    /// <summary>Takes the outcome of a face creation.</summary>
    public void CompleteFaceCreation(ulong requestId, FaceCreationOutcome outcome, Instant now)
    {
        _now = now;
        _faceModule.Complete(requestId, outcome, now);
    }

    /// <summary>Puts a face's beginning or end on the stream of face events; its end also ends its routes.</summary>
    public void HandleFaceEvent(FaceEventNotification notification, Instant now)
    {
        _now = now;
        Counters.FaceEvents++;
        if (notification.Kind == FaceEventKind.Destroyed)
        {
            _rib.RemoveFace(new FaceId(notification.FaceId));
        }

        byte[]? packet = _events.Publish(notification, now);
        if (packet is not null)
        {
            Send(packet);
        }
    }

    private void HandleDataset(DatasetKind dataset, Name name, bool canBePrefix)
    {
        int prefixCount = ManagementNames.VerbIndex + 1;
        FaceQueryFilter? filter = null;
        if (dataset == DatasetKind.FacesQuery)
        {
            prefixCount++;
            if (name.Count < prefixCount
                || name[ManagementNames.ArgumentIndex].Value.Length > FilterOctetsMax
                || FaceQueryFilter.TryDecode(name[ManagementNames.ArgumentIndex].Value.Span, out filter) != TlvStatus.Ok)
            {
                SendError(name, new CommandResult(ManagementStatusCode.BadParameters, "malformed filter"));
                return;
            }
        }

        if (name.Count > prefixCount)
        {
            SendFromMemory(_publisher.TryGet(name, canBePrefix, _now, out byte[] packet) ? packet : null);
            return;
        }

        if (!canBePrefix)
        {
            Counters.InterestsUnanswered++;
            return;
        }

        byte[]? content = _datasets.Write(dataset, filter, _now);
        if (content is null)
        {
            SendError(name, new CommandResult(ManagementStatusCode.InternalError, "the dataset is too large"));
            return;
        }

        Counters.DatasetsPublished++;
        Send(_publisher.Publish(name, content, _now));
    }

    private void SendFromMemory(byte[]? packet)
    {
        if (packet is null)
        {
            Counters.InterestsUnanswered++;
            return;
        }

        Counters.AnsweredFromMemory++;
        Send(packet);
    }

    private void SendError(Name name, CommandResult result) =>
        Send(ManagementData.MakeNack(name, result.ToResponse().Encode(), _signer));

    private void Answer(Name name, CommandResult result)
    {
        if (result.Code < ManagementStatusCode.FirstFailure)
        {
            Counters.CommandsDone++;
        }
        else
        {
            Counters.CommandsFailed++;
        }

        Send(ManagementData.Make(name, result.ToResponse().Encode(), _signer));
    }

    private void Send(byte[] packet)
    {
        if (packet.Length > PacketLimits.MaxPacketOctets)
        {
            Counters.InterestsUnanswered++; // A name that leaves no room for an answer.
            return;
        }

        _send(packet, _now);
    }

    private static string TextOf(NameComponent component) => component.Type == TlvType.GenericNameComponent
        ? Encoding.UTF8.GetString(component.Value.Span)
        : string.Empty;

    private static DatasetKind FindDataset(string module, string dataset) => (module, dataset) switch
    {
        (ManagementNames.Status, "general") => DatasetKind.StatusGeneral,
        (ManagementNames.Faces, "list") => DatasetKind.FacesList,
        (ManagementNames.Faces, "query") => DatasetKind.FacesQuery,
        (ManagementNames.Faces, "channels") => DatasetKind.FacesChannels,
        (ManagementNames.Faces, "events") => DatasetKind.FacesEvents,
        (ManagementNames.Fib, "list") => DatasetKind.FibList,
        (ManagementNames.Cs, "info") => DatasetKind.CsInfo,
        (ManagementNames.StrategyChoice, "list") => DatasetKind.StrategyChoiceList,
        (ManagementNames.Rib, "list") => DatasetKind.RibList,
        _ => DatasetKind.None,
    };

    /// <summary>Where a command came from.</summary>
    private readonly record struct CommandOrigin(FaceId Ingress, bool IsLocalhop);
}
