using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Management;

/// <summary>The commands of the <c>strategy-choice</c> module.</summary>
internal sealed class StrategyChoiceModule(ManagementOptions options, IManagedForwarder forwarder)
{
    public CommandResult Set(in CommandContext context)
    {
        Name prefix = context.Parameters.Name!;
        if (prefix.Count > options.NameDepthMax)
        {
            return CommandResult.NameTooLong(options.NameDepthMax);
        }

        int code = forwarder.SetStrategy(prefix, context.Parameters.Strategy!, out Name instance);
        return code switch
        {
            ManagementStatusCode.Ok =>
                CommandResult.Ok(new ControlParameters { Name = prefix, Strategy = instance }),
            ManagementStatusCode.NotFound => new CommandResult(code, "strategy not registered"),
            ManagementStatusCode.Conflict => new CommandResult(code, "error instantiating strategy"),
            _ => new CommandResult(code, "the strategy was not chosen"),
        };
    }

    public CommandResult Unset(in CommandContext context)
    {
        Name prefix = context.Parameters.Name!;
        if (prefix.Count == 0)
        {
            return CommandResult.BadParameters("the root always has a strategy");
        }

        if (prefix.Count > options.NameDepthMax)
        {
            return CommandResult.NameTooLong(options.NameDepthMax);
        }

        forwarder.UnsetStrategy(prefix);
        return CommandResult.Ok(new ControlParameters { Name = prefix });
    }
}
