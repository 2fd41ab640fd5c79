using System.CommandLine;
using System.Globalization;
using Piccolo.Cli.Nodes;
using Piccolo.Cli.Output;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;

namespace Piccolo.Cli.Commands;

/// <summary><c>pcl route</c>: list, add and remove routes of the RIB.</summary>
internal static class RouteCommands
{
    private const ulong StaticOrigin = 255;

    private sealed record RouteRow(string Prefix, ulong Face, ulong Origin, ulong Cost, ulong Flags, ulong? ExpiresInMs);

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var route = new Command("route", "List, add and remove routes.");
        Argument<string> prefix = CommonOptions.NameArgument("prefix", "The name prefix, such as /fn.");
        var face = new Argument<string>("face") { Description = "FaceUri (the face is made when there is none) or id of the next hop." };
        var cost = new Option<ulong>("--cost") { Description = "The cost; the cheapest next hop wins.", DefaultValueFactory = _ => 0 };
        var capture = new Option<bool>("--capture") { Description = "Routes of shorter prefixes do not reach below this one." };
        var noInherit = new Option<bool>("--no-inherit") { Description = "The route is not inherited by longer prefixes." };
        var expires = new Option<double?>("--expires")
        {
            Description = "The route goes away after so many seconds.",
            HelpName = "SECONDS",
        }.AtLeast(0.001);

        var list = new Command("list", "List the routes.");
        list.OnNode(ListAsync);
        var add = new Command("add", "Add a route.") { prefix, face, cost, capture, noInherit, expires };
        add.OnNode(async (session, parsed, output, cancellation) =>
        {
            ulong faceId = await ResolveAsync(session, parsed.GetValue(face)!, cancellation).ConfigureAwait(false);
            ulong flags = (parsed.GetValue(noInherit) ? 0ul : 1) | (parsed.GetValue(capture) ? 2ul : 0);
            Name name = CommonOptions.ParseName(parsed.GetValue(prefix)!);
            ControlParameters made = await session.Client.Management.AddRouteAsync(
                new ControlParameters
                {
                    Name = name,
                    FaceId = faceId,
                    Origin = StaticOrigin,
                    Cost = parsed.GetValue(cost),
                    Flags = flags,
                    ExpirationPeriodMs = parsed.GetValue(expires) is { } seconds ? (ulong)(seconds * 1000) : null,
                },
                cancellation).ConfigureAwait(false);
            output.Done($"{name} goes to face {faceId}, cost {made.Cost}", new { Prefix = name.ToString(), Face = faceId, made.Cost });
        });

        var remove = new Command("remove", "Remove a route.") { prefix, face };
        remove.OnNode(async (session, parsed, output, cancellation) =>
        {
            Name name = CommonOptions.ParseName(parsed.GetValue(prefix)!);
            FaceStatus found = await FaceCommands.FindAsync(session, parsed.GetValue(face)!, cancellation).ConfigureAwait(false);
            await session.Client.Management.RemoveRouteAsync(
                new ControlParameters { Name = name, FaceId = found.FaceId, Origin = StaticOrigin }, cancellation).ConfigureAwait(false);
            output.Done($"{name} no longer goes to face {found.FaceId}", new { Prefix = name.ToString(), Face = found.FaceId });
        });
        route.Subcommands.Add(list);
        route.Subcommands.Add(add);
        route.Subcommands.Add(remove);
        return route;
    }

    private static async Task<ulong> ResolveAsync(NodeSession session, string face, CancellationToken cancellation) =>
        ulong.TryParse(face, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? (await FaceCommands.FindAsync(session, face, cancellation).ConfigureAwait(false)).FaceId
            : await FaceCommands.FindOrCreateAsync(session, face, cancellation).ConfigureAwait(false);

    private static async Task ListAsync(NodeSession session, ParseResult parsed, CommandOutput output, CancellationToken cancellation)
    {
        IReadOnlyList<RibEntryRecord> entries = await session.Client.Management.ListRoutesAsync(cancellation).ConfigureAwait(false);
        List<RouteRow> rows = [];
        foreach (RibEntryRecord entry in entries)
        {
            foreach (RouteRecord route in entry.Routes)
            {
                rows.Add(new RouteRow(
                    entry.Name.ToString(), route.FaceId, route.Origin, route.Cost, (ulong)route.Flags, route.ExpirationPeriodMs));
            }
        }

        output.Table(
            rows,
            "no routes",
            ("prefix", r => r.Prefix),
            ("face", r => Texts.Id(r.Face)),
            ("origin", r => OriginName(r.Origin)),
            ("cost", r => Texts.Number(r.Cost)),
            ("flags", r => FlagNames(r.Flags)),
            ("expires", r => r.ExpiresInMs is { } ms ? $"in {ms / 1000} s" : "never"));
    }

    private static string OriginName(ulong origin) => origin switch
    {
        0 => "app",
        64 => "autoreg",
        65 => "client",
        66 => "autoconf",
        128 => "nlsr",
        129 => "prefixann",
        255 => "static",
        _ => Texts.Id(origin),
    };

    private static string FlagNames(ulong flags) => (flags & 3) switch
    {
        0 => "none",
        1 => "child-inherit",
        2 => "capture",
        _ => "child-inherit, capture",
    };
}
