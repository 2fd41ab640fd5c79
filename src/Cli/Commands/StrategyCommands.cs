using System.CommandLine;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;

namespace Piccolo.Cli.Commands;

/// <summary><c>pcl strategy</c>: which strategy forwards which prefix.</summary>
internal static class StrategyCommands
{
    private const string StrategyPrefix = "/localhost/nfd/strategy/";

    private sealed record StrategyRow(string Prefix, string Strategy);

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("strategy", "List, set and unset the forwarding strategy of prefixes.");
        Argument<string> prefix = CommonOptions.NameArgument("prefix", "The name prefix.");
        var strategy = new Argument<string>("strategy")
        {
            Description = "best-route, multicast, or a full strategy name under /localhost/nfd/strategy.",
        };

        var list = new Command("list", "List the choices.");
        list.OnNode(async (session, _, output, cancellation) =>
        {
            IReadOnlyList<StrategyChoiceRecord> choices =
                await session.Client.Management.ListStrategiesAsync(cancellation).ConfigureAwait(false);
            List<StrategyRow> rows = [.. choices.Select(choice => new StrategyRow(choice.Name.ToString(), choice.Strategy.ToString()))];
            output.Table(rows, "no strategy is chosen", ("prefix", r => r.Prefix), ("strategy", r => r.Strategy));
        });

        var set = new Command("set", "Choose the strategy of a prefix.") { prefix, strategy };
        set.OnNode(async (session, parsed, output, cancellation) =>
        {
            string text = parsed.GetValue(strategy)!;
            Name chosen = CommonOptions.ParseName(text.StartsWith('/') ? text : StrategyPrefix + text);
            Name name = CommonOptions.ParseName(parsed.GetValue(prefix)!);
            ControlParameters made = await session.Client.Management.SetStrategyAsync(name, chosen, cancellation).ConfigureAwait(false);
            output.Done($"{name} uses {made.Strategy}", new StrategyRow(name.ToString(), made.Strategy?.ToString() ?? ""));
        });

        var unset = new Command("unset", "Take the choice of a prefix back; the next shorter one applies.") { prefix };
        unset.OnNode(async (session, parsed, output, cancellation) =>
        {
            Name name = CommonOptions.ParseName(parsed.GetValue(prefix)!);
            await session.Client.Management.UnsetStrategyAsync(name, cancellation).ConfigureAwait(false);
            output.Done($"{name} has no strategy of its own", new { Prefix = name.ToString() });
        });
        command.Subcommands.Add(list);
        command.Subcommands.Add(set);
        command.Subcommands.Add(unset);
        return command;
    }
}
