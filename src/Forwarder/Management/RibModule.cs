using Piccolo.Forwarder.Rib;
using Piccolo.Ndn;
using Piccolo.Ndn.Management;

namespace Piccolo.Forwarder.Management;

/// <summary>The commands of the <c>rib</c> module: who serves or reaches which prefix.</summary>
/// <remarks>
/// A route to a face that does not exist is refused with 410, as ndnd does; NFD answers 200 and forgets the route soon
/// after, which leaves the client believing.
/// </remarks>
internal sealed class RibModule(
    ManagementOptions options, WallClock clock, IManagedForwarder forwarder, RibTable rib)
{
    /// <summary>Cost of a route that was made by a prefix announcement.</summary>
    private const ulong AnnouncedCost = 2048;

    public CommandResult Register(in CommandContext context)
    {
        ControlParameters parameters = context.Parameters;
        return Add(context, new ControlParameters
        {
            Name = parameters.Name,
            FaceId = context.TargetFace.Value,
            Origin = parameters.Origin ?? RouteOrigin.App,
            Cost = parameters.Cost ?? 0,
            Flags = parameters.Flags ?? (ulong)RouteFlags.ChildInherit,
            ExpirationPeriodMs = parameters.ExpirationPeriodMs,
        });
    }

    public CommandResult Unregister(in CommandContext context)
    {
        ControlParameters parameters = context.Parameters;
        if (parameters.Name!.Count > options.NameDepthMax)
        {
            return CommandResult.NameTooLong(options.NameDepthMax);
        }

        ulong origin = parameters.Origin ?? RouteOrigin.App;
        rib.Unregister(parameters.Name, context.TargetFace, origin);
        return CommandResult.Ok(new ControlParameters
        {
            Name = parameters.Name,
            FaceId = context.TargetFace.Value,
            Origin = origin,
        });
    }

    /// <summary>Makes a route to the requester from a prefix announcement that it sent along.</summary>
    public CommandResult Announce(in CommandContext context, PrefixAnnouncement announcement)
    {
        ulong lifeMs = announcement.RemainingLifeMs(clock.ToUnixMs(context.Now));
        if (lifeMs == 0)
        {
            return new CommandResult(ManagementStatusCode.Unauthorized, "the prefix announcement is not valid now");
        }

        return Add(context, new ControlParameters
        {
            Name = announcement.AnnouncedName,
            FaceId = context.Ingress.Value,
            Origin = RouteOrigin.PrefixAnnouncement,
            Cost = AnnouncedCost,
            Flags = (ulong)RouteFlags.ChildInherit,
            ExpirationPeriodMs = lifeMs,
        });
    }

    private CommandResult Add(in CommandContext context, ControlParameters route)
    {
        var face = new FaceId(route.FaceId!.Value);
        if (route.Name!.Count > options.NameDepthMax)
        {
            return CommandResult.NameTooLong(options.NameDepthMax);
        }

        if (!forwarder.HasFace(face))
        {
            return new CommandResult(ManagementStatusCode.FaceGone, "face not found");
        }

        RibStatus status = rib.Register(
            route.Name,
            face,
            route.Origin!.Value,
            route.Cost!.Value,
            (RouteFlags)route.Flags!.Value,
            ExpiryOf(route.ExpirationPeriodMs, context.Now));
        return status switch
        {
            RibStatus.Added or RibStatus.Updated => CommandResult.Ok(route),
            RibStatus.NameTooLong => CommandResult.NameTooLong(options.NameDepthMax),
            RibStatus.RibFull => new CommandResult(ManagementStatusCode.InternalError, "the RIB is full"),
            _ => new CommandResult(ManagementStatusCode.InternalError, "the FIB is full"),
        };
    }

    private static Instant ExpiryOf(ulong? periodMs, Instant now)
    {
        const ulong NanosecondsPerMillisecond = 1_000_000;
        return periodMs is ulong period && period < long.MaxValue / NanosecondsPerMillisecond
            ? now.AddNanoseconds((long)(period * NanosecondsPerMillisecond))
            : Instant.Never;
    }
}
