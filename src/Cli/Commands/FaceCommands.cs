using System.CommandLine;
using System.Globalization;
using Piccolo.Cli.Nodes;
using Piccolo.Cli.Output;
using Piccolo.Drivers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Management;

namespace Piccolo.Cli.Commands;

/// <summary><c>pcl face</c>: list, show, create, update and destroy faces.</summary>
internal static class FaceCommands
{
    private const string Permanent = "permanent";

    private static readonly Option<string> Persistency = new Option<string>("--persistency")
    {
        Description = "When the face ends by itself: persistent (on a socket error) or permanent (never).",
        DefaultValueFactory = _ => "persistent",
    }.OneOf("persistent", Permanent);

    private static readonly Option<string?> Reliability = CommonOptions.Switch(
        "--reliability", "Link-layer retransmission: on or off.");

    private static readonly Option<string?> CongestionMarking = CommonOptions.Switch(
        "--congestion-marking", "Congestion marks: on or off.");

    private static readonly Option<ulong?> Mtu = new("--mtu") { Description = "Largest frame in octets; longer packets are fragmented." };

    private sealed record FaceRow(ulong? FaceId, string? Uri, string? Persistency, ulong? Mtu, ulong? Flags);

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var face = new Command("face", "List, show, create, update and destroy faces.");
        var list = new Command("list", "List the faces with their counters.");
        list.OnNode(ListAsync);

        var id = new Argument<string>("face") { Description = "Id or FaceUri of the face." };
        var show = new Command("show", "Show everything about one face.") { id };
        show.OnNode((session, parsed, output, cancellation) => ShowAsync(session, parsed.GetValue(id)!, output, cancellation));

        var uri = new Argument<string>("uri") { Description = "FaceUri of the peer, udp4://HOST:PORT or tcp4://HOST:PORT." };
        var create = new Command("create", "Create a face.") { uri, Persistency, Reliability, CongestionMarking, Mtu };
        create.OnNode((session, parsed, output, cancellation) => CreateAsync(session, parsed, parsed.GetValue(uri)!, output, cancellation));

        var update = new Command("update", "Change a face.") { id, Reliability, CongestionMarking, Mtu };
        update.OnNode((session, parsed, output, cancellation) => UpdateAsync(session, parsed, parsed.GetValue(id)!, output, cancellation));

        var destroy = new Command("destroy", "Destroy a face.") { id };
        destroy.OnNode((session, parsed, output, cancellation) => DestroyAsync(session, parsed.GetValue(id)!, output, cancellation));
        face.Subcommands.Add(list);
        face.Subcommands.Add(show);
        face.Subcommands.Add(create);
        face.Subcommands.Add(update);
        face.Subcommands.Add(destroy);
        return face;
    }

    /// <summary>Finds a face by its id or its FaceUri.</summary>
    /// <exception cref="CliException">There is none.</exception>
    public static async Task<FaceStatus> FindAsync(NodeSession session, string text, CancellationToken cancellation)
    {
        IReadOnlyList<FaceStatus> faces = await session.Client.Management.ListFacesAsync(cancellation).ConfigureAwait(false);
        bool isId = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong id);
        foreach (FaceStatus face in faces)
        {
            if (isId ? face.FaceId == id : face.Uri == text)
            {
                return face;
            }
        }

        throw new CliException($"the node has no face '{text}'; 'pcl face list' shows those it has");
    }

    /// <summary>Makes a face to a peer, or finds the one there is.</summary>
    public static async Task<ulong> FindOrCreateAsync(NodeSession session, string uri, CancellationToken cancellation)
    {
        string canonical = await CanonizeAsync(uri, cancellation).ConfigureAwait(false);
        ControlParameters made = await session.Client.Management.CreateFaceAsync(
            new ControlParameters { Uri = canonical, FacePersistency = FacePersistency.Persistent }, cancellation).ConfigureAwait(false);
        ulong face = made.FaceId ?? throw new CliException($"the node made a face to {canonical} and did not say which");
        if (made.FacePersistency == FacePersistency.OnDemand)
        {
            // The peer made it and it would end with the peer's silence; a route to it shall last.
            await session.Client.Management.UpdateFaceAsync(
                new ControlParameters { FaceId = face, FacePersistency = FacePersistency.Persistent }, cancellation).ConfigureAwait(false);
        }

        return face;
    }

    private static async Task<string> CanonizeAsync(string uri, CancellationToken cancellation)
    {
        try
        {
            return await LinkFactory.CanonizeAsync(uri, cancellation).ConfigureAwait(false);
        }
        catch (LinkOpenException error)
        {
            throw new CliException($"'{uri}' is not a FaceUri to connect to: {error.Message}");
        }
    }

    private static async Task ListAsync(NodeSession session, ParseResult parsed, CommandOutput output, CancellationToken cancellation)
    {
        IReadOnlyList<FaceStatus> faces = await session.Client.Management.ListFacesAsync(cancellation).ConfigureAwait(false);
        output.Table(
            faces,
            "no faces",
            ("face", f => Texts.Id(f.FaceId)),
            ("remote", f => f.Uri),
            ("local", f => f.LocalUri),
            ("scope", f => f.FaceScope == LinkScope.Local ? "local" : "non-local"),
            ("persistency", f => Word(f.FacePersistency)),
            ("in: Interests Data Nacks octets", f => $"{f.NInInterests} {f.NInData} {f.NInNacks} {Texts.Octets(f.NInBytes)}"),
            ("out: Interests Data Nacks octets", f => $"{f.NOutInterests} {f.NOutData} {f.NOutNacks} {Texts.Octets(f.NOutBytes)}"));
    }

    private static async Task ShowAsync(NodeSession session, string text, CommandOutput output, CancellationToken cancellation)
    {
        FaceStatus face = await FindAsync(session, text, cancellation).ConfigureAwait(false);
        output.Properties(
            face,
            ("face", Texts.Id(face.FaceId)),
            ("remote", face.Uri),
            ("local", face.LocalUri),
            ("scope", face.FaceScope == LinkScope.Local ? "local" : "non-local"),
            ("persistency", Word(face.FacePersistency)),
            ("link type", face.LinkType.ToString()),
            ("MTU", face.Mtu is { } mtu ? Texts.Number(mtu) : "unlimited"),
            ("flags", face.Flags.ToString()),
            ("Interests in, out", $"{Texts.Number(face.NInInterests)}, {Texts.Number(face.NOutInterests)}"),
            ("Data in, out", $"{Texts.Number(face.NInData)}, {Texts.Number(face.NOutData)}"),
            ("Nacks in, out", $"{Texts.Number(face.NInNacks)}, {Texts.Number(face.NOutNacks)}"),
            ("octets in, out", $"{Texts.Number(face.NInBytes)}, {Texts.Number(face.NOutBytes)}"));
    }

    private static async Task CreateAsync(
        NodeSession session, ParseResult parsed, string uri, CommandOutput output, CancellationToken cancellation)
    {
        string canonical = await CanonizeAsync(uri, cancellation).ConfigureAwait(false);
        ControlParameters request = Flagged(parsed, new ControlParameters
        {
            Uri = canonical,
            FacePersistency = parsed.GetValue(Persistency) == Permanent ? FacePersistency.Permanent : FacePersistency.Persistent,
            Mtu = parsed.GetValue(Mtu),
        });
        ControlParameters made = await session.Client.Management.CreateFaceAsync(request, cancellation).ConfigureAwait(false);
        output.Done($"face {made.FaceId} to {made.Uri}", RowOf(made));
    }

    private static async Task UpdateAsync(
        NodeSession session, ParseResult parsed, string text, CommandOutput output, CancellationToken cancellation)
    {
        FaceStatus face = await FindAsync(session, text, cancellation).ConfigureAwait(false);
        ControlParameters request = Flagged(parsed, new ControlParameters { FaceId = face.FaceId, Mtu = parsed.GetValue(Mtu) });
        ControlParameters changed = await session.Client.Management.UpdateFaceAsync(request, cancellation).ConfigureAwait(false);
        output.Done($"face {changed.FaceId} changed", RowOf(changed));
    }

    private static async Task DestroyAsync(NodeSession session, string text, CommandOutput output, CancellationToken cancellation)
    {
        FaceStatus face = await FindAsync(session, text, cancellation).ConfigureAwait(false);
        await session.Client.Management.DestroyFaceAsync(face.FaceId, cancellation).ConfigureAwait(false);
        output.Done($"face {face.FaceId} to {face.Uri} destroyed", new { face.FaceId, face.Uri });
    }

    private static FaceRow RowOf(ControlParameters face) =>
        new(face.FaceId, face.Uri, face.FacePersistency is { } persistency ? Word(persistency) : null, face.Mtu, face.Flags);

    private static string Word(FacePersistency persistency) => persistency switch
    {
        FacePersistency.OnDemand => "on-demand",
        FacePersistency.Permanent => "permanent",
        _ => "persistent",
    };

    private static ControlParameters Flagged(ParseResult parsed, ControlParameters request)
    {
        ulong flags = 0;
        ulong mask = 0;
        AddFlag(parsed.GetValue(Reliability), FaceFlags.LpReliabilityEnabled);
        AddFlag(parsed.GetValue(CongestionMarking), FaceFlags.CongestionMarkingEnabled);
        return mask == 0 ? request : request with { Flags = flags, Mask = mask };

        void AddFlag(string? text, FaceFlags flag)
        {
            if (text is not null)
            {
                mask |= (ulong)flag;
                flags |= CommonOptions.IsOn(text) ? (ulong)flag : 0;
            }
        }
    }
}
