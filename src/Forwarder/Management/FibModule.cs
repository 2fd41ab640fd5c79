using Piccolo.Ndn.Management;

namespace Piccolo.Forwarder.Management;

/// <summary>The commands of the <c>fib</c> module: next hops set by hand, beside what the RIB puts there.</summary>
internal sealed class FibModule(ManagementOptions options, IManagedForwarder forwarder)
{
    public CommandResult AddNextHop(in CommandContext context)
    {
        ControlParameters parameters = context.Parameters;
        if (parameters.Name!.Count > options.NameDepthMax)
        {
            return CommandResult.NameTooLong(options.NameDepthMax);
        }

        FaceId face = context.TargetFace;
        if (!forwarder.HasFace(face))
        {
            return new CommandResult(ManagementStatusCode.FaceGone, "face not found");
        }

        ulong cost = parameters.Cost ?? 0;
        return forwarder.SetNextHop(parameters.Name, face, cost)
            ? CommandResult.Ok(new ControlParameters { Name = parameters.Name, FaceId = face.Value, Cost = cost })
            : new CommandResult(ManagementStatusCode.InternalError, "the FIB is full");
    }

    public CommandResult RemoveNextHop(in CommandContext context)
    {
        ControlParameters parameters = context.Parameters;
        if (parameters.Name!.Count > options.NameDepthMax)
        {
            return CommandResult.NameTooLong(options.NameDepthMax);
        }

        FaceId face = context.TargetFace;
        forwarder.RemoveNextHop(parameters.Name, face);
        return CommandResult.Ok(new ControlParameters { Name = parameters.Name, FaceId = face.Value });
    }
}
