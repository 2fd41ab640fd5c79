using System.CommandLine;
using Piccolo.Cli.Nodes;
using Piccolo.Cli.Output;
using Piccolo.Ndn.Management;

namespace Piccolo.Cli.Commands;

/// <summary><c>pcl status</c>: what the forwarder is and what went through it.</summary>
internal static class StatusCommands
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("status", "Show what the forwarder is, the sizes of its tables and its counters.");
        command.OnNode(ShowAsync);
        return command;
    }

    private static async Task ShowAsync(NodeSession session, ParseResult parsed, CommandOutput output, CancellationToken cancellation)
    {
        ForwarderStatus status = await session.Client.Management.GetStatusAsync(cancellation).ConfigureAwait(false);
        output.Properties(
            status,
            ("version", status.NfdVersion),
            ("node", session.Uri),
            ("started", Texts.Time(status.StartTimestampMs)),
            ("up", Texts.Uptime(TimeSpan.FromMilliseconds(status.CurrentTimestampMs - status.StartTimestampMs))),
            ("name tree entries", Texts.Number(status.NNameTreeEntries)),
            ("FIB entries", Texts.Number(status.NFibEntries)),
            ("PIT entries", Texts.Number(status.NPitEntries)),
            ("cached Data", Texts.Number(status.NCsEntries)),
            ("Interests in, out", $"{Texts.Number(status.NInInterests)}, {Texts.Number(status.NOutInterests)}"),
            ("Data in, out", $"{Texts.Number(status.NInData)}, {Texts.Number(status.NOutData)}"),
            ("Nacks in, out", $"{Texts.Number(status.NInNacks)}, {Texts.Number(status.NOutNacks)}"),
            ("satisfied", Texts.Number(status.NSatisfiedInterests)),
            ("unsatisfied", Texts.Number(status.NUnsatisfiedInterests)));
    }
}
