using System.CommandLine;
using Piccolo.Cli.Output;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;

namespace Piccolo.Cli.Commands;

/// <summary><c>pcl cs</c>: the content store.</summary>
internal static class ContentStoreCommands
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("cs", "Show, configure and erase the content store.");
        var info = new Command("info", "Show its size, its switches, its hits and misses.");
        info.OnNode(async (session, _, output, cancellation) =>
        {
            CsInfo found = await session.Client.Management.GetContentStoreAsync(cancellation).ConfigureAwait(false);
            ulong lookups = found.NHits + found.NMisses;
            output.Properties(
                found,
                ("capacity", $"{Texts.Number(found.Capacity)} packets"),
                ("admit", OnOff(found.Flags.HasFlag(CsFlags.Admit))),
                ("serve", OnOff(found.Flags.HasFlag(CsFlags.Serve))),
                ("entries", Texts.Number(found.NCsEntries)),
                ("hits", Texts.Number(found.NHits) + (lookups == 0 ? "" : $" ({100 * found.NHits / lookups} %)")),
                ("misses", Texts.Number(found.NMisses)));
        });

        var capacity = new Option<ulong?>("--capacity") { Description = "How many packets it may hold." };
        var admit = CommonOptions.Switch("--admit", "Whether Data is put in: on or off.");
        var serve = CommonOptions.Switch("--serve", "Whether Interests are answered from it: on or off.");
        var config = new Command("config", "Change its capacity and switches.") { capacity, admit, serve };
        config.OnNode(async (session, parsed, output, cancellation) =>
        {
            ulong flags = 0;
            ulong mask = 0;
            AddFlag(parsed.GetValue(admit), CsFlags.Admit);
            AddFlag(parsed.GetValue(serve), CsFlags.Serve);
            ControlParameters made = await session.Client.Management.ConfigureContentStoreAsync(
                new ControlParameters
                {
                    Capacity = parsed.GetValue(capacity),
                    Flags = mask == 0 ? null : flags,
                    Mask = mask == 0 ? null : mask,
                },
                cancellation).ConfigureAwait(false);
            output.Done($"capacity {made.Capacity}, {(CsFlags)(made.Flags ?? 0)}", new { made.Capacity, made.Flags });

            void AddFlag(string? text, CsFlags flag)
            {
                if (text is not null)
                {
                    mask |= (ulong)flag;
                    flags |= CommonOptions.IsOn(text) ? (ulong)flag : 0;
                }
            }
        });

        Argument<string> prefix = CommonOptions.NameArgument("prefix", "Data under this prefix is erased.");
        var count = new Option<ulong?>("--count") { Description = "At most so many packets." };
        var erase = new Command("erase", "Erase Data from it.") { prefix, count };
        erase.OnNode(async (session, parsed, output, cancellation) =>
        {
            Name name = CommonOptions.ParseName(parsed.GetValue(prefix)!);
            ulong erased = await session.Client.Management.EraseContentStoreAsync(name, parsed.GetValue(count), cancellation)
                .ConfigureAwait(false);
            output.Done($"{erased} packets under {name} erased", new { Prefix = name.ToString(), Erased = erased });
        });
        command.Subcommands.Add(info);
        command.Subcommands.Add(config);
        command.Subcommands.Add(erase);
        return command;
    }

    private static string OnOff(bool isOn) => isOn ? "on" : "off";
}
