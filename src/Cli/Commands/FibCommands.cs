using System.CommandLine;
using Piccolo.Ndn.Management;

namespace Piccolo.Cli.Commands;

/// <summary><c>pcl fib</c>: what the forwarder looks names up in.</summary>
internal static class FibCommands
{
    private sealed record NextHopRow(ulong Face, ulong Cost);

    private sealed record FibRow(string Prefix, IReadOnlyList<NextHopRow> NextHops);

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var fib = new Command("fib", "Show the forwarding information base.");
        var list = new Command("list", "List its entries.");
        list.OnNode(async (session, _, output, cancellation) =>
        {
            IReadOnlyList<FibEntryRecord> entries = await session.Client.Management.ListFibAsync(cancellation).ConfigureAwait(false);
            List<FibRow> rows = [.. entries.Select(entry => new FibRow(
                entry.Name.ToString(), [.. entry.NextHops.Select(hop => new NextHopRow(hop.FaceId, hop.Cost))]))];
            output.Table(
                rows,
                "the FIB is empty",
                ("prefix", r => r.Prefix),
                ("next hops", r => string.Join(", ", r.NextHops.Select(hop => $"face {hop.Face} (cost {hop.Cost})"))));
        });
        fib.Subcommands.Add(list);
        return fib;
    }
}
