using System.CommandLine;
using Piccolo.Cli.Output;

namespace Piccolo.Cli.Commands;

/// <summary><c>pcl node</c>: what only a Piccolo node tells.</summary>
internal static class NodeCommands
{
    private sealed record CounterRow(string Counter, long Value);

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("node", "Show what only a Piccolo node tells.");
        var counters = new Command("counters", "Show every counter that is not zero: what was dropped and why, above all.");
        counters.OnNode(async (session, _, output, cancellation) =>
        {
            IReadOnlyDictionary<string, long> found = await session.Client.GetCountersAsync(cancellation).ConfigureAwait(false);
            List<CounterRow> rows = [.. found.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => new CounterRow(pair.Key, pair.Value))];
            output.Table(
                rows, "nothing was dropped or refused", ("counter", r => r.Counter), ("value", r => Texts.Number((ulong)r.Value)));
        });

        var info = new Command("info", "Show the node's name and the key that it signs with.");
        info.OnNode(async (session, _, output, cancellation) =>
        {
            Sdk.NodeInfo node = await session.Client.GetNodeInfoAsync(cancellation).ConfigureAwait(false);
            output.Properties(
                new { Name = node.Name.ToString(), Certificate = node.Certificate.Name.ToString() },
                ("name", node.Name.ToString()),
                ("certificate", node.Certificate.Name.ToString()),
                ("valid", node.Certificate.Validity.ToString() ?? ""));
        });
        command.Subcommands.Add(info);
        command.Subcommands.Add(counters);
        return command;
    }
}
