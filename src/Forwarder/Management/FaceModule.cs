using Piccolo.Forwarder.Faces;
using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Management;

/// <summary>The commands of the <c>faces</c> module. Creation is the host's work: its answer comes later.</summary>
/// <remarks>
/// Commands that ask for a face which is being made wait for the same outcome: the first is answered 200, the others 409
/// with the face, as if they had come a little later.
/// Bound: <see cref="ManagementOptions.FaceCreationCountMax"/> creations with
/// <see cref="ManagementOptions.WaiterCountMax"/> commands each.
/// </remarks>
internal sealed class FaceModule
{
    private static readonly FaceCreationOutcome TimedOut =
        new(Face: null, IsExisting: false, "the connection was not made in time");


    private readonly ManagementOptions _options;
    private readonly IManagedForwarder _forwarder;
    private readonly Action<Name, CommandResult> _answer;
    private readonly List<PendingCreation> _pending = [];

    /// <param name="options">Limits.</param>
    /// <param name="forwarder">Where the faces are.</param>
    /// <param name="answer">Sends an answer that was pending.</param>
    public FaceModule(ManagementOptions options, IManagedForwarder forwarder, Action<Name, CommandResult> answer)
    {
        _options = options;
        _forwarder = forwarder;
        _answer = answer;
    }

    /// <summary>Creations whose outcome is still to come.</summary>
    public int PendingCount => _pending.Count;

    /// <summary>When the oldest creation in progress is given up.</summary>
    public Instant NextTimeout => _pending.Count == 0 ? Instant.Never : _pending[0].Deadline;

    public CommandResult Create(in CommandContext context)
    {
        ControlParameters parameters = context.Parameters;
        if (!TryReadWish(parameters, out FaceCreationWish wish, out string error))
        {
            return CommandResult.BadParameters(error);
        }

        string? whyUnsupported = FaceRules.WhyUnsupported(wish, _options.CreatableSchemes);
        if (whyUnsupported is not null)
        {
            return new CommandResult(ManagementStatusCode.Unsupported, whyUnsupported);
        }

        string remote = wish.Remote.ToString();
        string? local = wish.Local?.ToString();
        FaceStatus? existing = _forwarder.FindFace(remote, local, context.Now);
        return existing is not null
            ? AlreadyExists(existing)
            : StartCreation(context, wish, remote, local);
    }

    public CommandResult Update(in CommandContext context)
    {
        ControlParameters parameters = context.Parameters;
        if (parameters.FacePersistency is FacePersistency persistency && !Enum.IsDefined(persistency))
        {
            return CommandResult.BadParameters("unknown face persistency");
        }

        FaceStatus? face = _forwarder.FindFace(context.TargetFace, context.Now);
        if (face is null)
        {
            return new CommandResult(ManagementStatusCode.NotFound, "specified face does not exist");
        }

        var mask = (FaceFlags)(parameters.Mask ?? 0);
        FaceFlags? flags = parameters.Flags is ulong bits ? (face.Flags & ~mask) | ((FaceFlags)bits & mask) : null;
        var change = new FaceChange(
            parameters.FacePersistency,
            flags,
            parameters.BaseCongestionMarkingIntervalNs,
            parameters.DefaultCongestionThreshold,
            parameters.Mtu);
        ControlParameters? offenders = FaceRules.Offenders(face, change, mask);
        if (offenders is not null)
        {
            return new CommandResult(ManagementStatusCode.Conflict, "invalid properties specified", offenders);
        }

        _forwarder.UpdateFace(context.TargetFace, change);
        FaceStatus updated = _forwarder.FindFace(context.TargetFace, context.Now) ?? face;
        return CommandResult.Ok(Describe(updated) with { Uri = null, LocalUri = null });
    }

    public CommandResult Destroy(in CommandContext context)
    {
        ulong number = context.Parameters.FaceId ?? 0;
        if (number == 0)
        {
            return CommandResult.BadParameters();
        }

        var face = new FaceId(number);
        if (number >= FaceId.First.Value && _forwarder.HasFace(face))
        {
            _forwarder.RequestFaceDestruction(face);
        }

        return CommandResult.Ok(new ControlParameters { FaceId = number });
    }

    /// <summary>Takes the outcome of a creation and answers every command that waits for it.</summary>
    /// <param name="requestId">The number that the request had; an unknown one (given up) is ignored.</param>
    /// <param name="outcome">The face, or why there is none.</param>
    /// <param name="now">The present.</param>
    public void Complete(ulong requestId, FaceCreationOutcome outcome, Instant now)
    {
        int index = _pending.FindIndex(creation => creation.RequestId == requestId);
        if (index < 0)
        {
            return;
        }

        PendingCreation creation = _pending[index];
        _pending.RemoveAt(index);
        FaceStatus? face = outcome.Face is FaceId id ? _forwarder.FindFace(id, now) : null;
        bool isExisting = outcome.IsExisting;
        foreach (Name waiter in creation.Waiters)
        {
            CommandResult result = face is null
                ? Failed(outcome.Error)
                : isExisting ? AlreadyExists(face) : CommandResult.Ok(Describe(face));
            _answer(waiter, result);
            isExisting = true;
        }
    }

    /// <summary>Gives up creations that take too long.</summary>
    public void HandleTimeout(Instant now)
    {
        while (_pending.Count > 0 && _pending[0].Deadline <= now)
        {
            Complete(_pending[0].RequestId, TimedOut, now);
        }
    }

    private CommandResult StartCreation(
        in CommandContext context, in FaceCreationWish wish, string remote, string? local)
    {
        PendingCreation? same = _pending.Find(creation => creation.Remote == remote && creation.Local == local);
        if (same is not null)
        {
            if (same.Waiters.Count >= _options.WaiterCountMax)
            {
                return new CommandResult(ManagementStatusCode.InternalError, "too many commands wait for this face");
            }

            if (!same.Waiters.Contains(context.InterestName))
            {
                same.Waiters.Add(context.InterestName);
            }

            return CommandResult.Pending;
        }

        if (_pending.Count >= _options.FaceCreationCountMax)
        {
            return new CommandResult(ManagementStatusCode.InternalError, "too many faces are being created");
        }

        ulong requestId = _forwarder.RequestFaceCreation(wish);
        var pending = new PendingCreation(requestId, remote, local, context.Now + _options.FaceCreationTimeout);
        pending.Waiters.Add(context.InterestName);
        _pending.Add(pending);
        return CommandResult.Pending;
    }

    private static bool TryReadWish(ControlParameters parameters, out FaceCreationWish wish, out string error)
    {
        wish = default;
        if (!FaceUri.TryParse(parameters.Uri, out FaceUri? remote, out error))
        {
            return false;
        }

        FaceUri? local = null;
        if (parameters.LocalUri is not null && !FaceUri.TryParse(parameters.LocalUri, out local, out error))
        {
            return false;
        }

        if (!remote.IsCanonical || local is { IsCanonical: false })
        {
            error = "the FaceUri is not canonical";
            return false;
        }

        FacePersistency persistency = parameters.FacePersistency ?? FacePersistency.Persistent;
        if (!Enum.IsDefined(persistency))
        {
            error = "unknown face persistency";
            return false;
        }

        wish = new FaceCreationWish(
            remote,
            local,
            persistency,
            (FaceFlags)(parameters.Flags ?? 0),
            (FaceFlags)(parameters.Mask ?? 0),
            parameters.BaseCongestionMarkingIntervalNs,
            parameters.DefaultCongestionThreshold,
            parameters.Mtu);
        return true;
    }

    private static CommandResult Failed(string? why) =>
        new(ManagementStatusCode.ConnectionFailed, why ?? "the face could not be made");

    private static CommandResult AlreadyExists(FaceStatus face) => new(
        ManagementStatusCode.Conflict, "a face with this remote FaceUri already exists", Describe(face));

    private static ControlParameters Describe(FaceStatus face) => new()
    {
        FaceId = face.FaceId,
        Uri = face.Uri,
        LocalUri = face.LocalUri,
        Flags = (ulong)face.Flags,
        FacePersistency = face.FacePersistency,
        BaseCongestionMarkingIntervalNs = face.BaseCongestionMarkingIntervalNs,
        DefaultCongestionThreshold = face.DefaultCongestionThreshold,
        Mtu = face.Mtu,
    };

    private sealed class PendingCreation(ulong requestId, string remote, string? local, Instant deadline)
    {
        public ulong RequestId { get; } = requestId;

        public string Remote { get; } = remote;

        public string? Local { get; } = local;

        public Instant Deadline { get; } = deadline;

        /// <summary>Names of the commands to answer, the first comer first.</summary>
        public List<Name> Waiters { get; } = [];
    }
}
