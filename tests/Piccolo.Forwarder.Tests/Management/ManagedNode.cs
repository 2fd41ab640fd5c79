using Piccolo.Forwarder.Faces;
using Piccolo.Forwarder.Management;
using Piccolo.Forwarder.Tests.Support;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Forwarder.Tests.Management;

/// <summary>A forwarder with its management, and an application on a local face that speaks to it in packets.</summary>
internal sealed class ManagedNode
{
    public const ulong UnixTimeAtZeroMs = 1_700_000_000_000;

    private uint _nonce;

    public ManagedNode(
        ManagementOptions? options = null, ICommandAuthorizer? authorizer = null, ForwarderOptions? forwarderOptions = null)
    {
        ForwarderOptions core = forwarderOptions ?? new ForwarderOptions { PageOctets = 16384, ContentStoreCapacity = 1000 };
        Node = new TestNode(core with { UnixTimeAtZeroMs = UnixTimeAtZeroMs });
        Management = ForwarderManagement.Attach(
            Node.Core,
            options ?? new ManagementOptions(),
            DigestSha256Signer.Instance,
            authorizer ?? AnyCommandAuthorizer.Instance,
            Node.Now);
        App = AddFace("unix:///run/nfd/nfd.sock", "fd://20", LinkScope.Local, FacePersistency.OnDemand);
    }

    public TestNode Node { get; }

    public ForwarderManagement Management { get; }

    /// <summary>The application's face.</summary>
    public FaceId App { get; }

    public FaceId AddFace(
        string localUri,
        string remoteUri,
        LinkScope scope = LinkScope.NonLocal,
        FacePersistency persistency = FacePersistency.Persistent)
    {
        var capabilities = new LinkCapabilities(
            localUri, remoteUri, scope, LinkType.PointToPoint, persistency, LinkCapabilities.UnlimitedMtu, 64, false);
        return Node.Core.AddFace(new FaceDescription(capabilities, new LinkServiceOptions()), Node.Now);
    }

    public FaceId AddUdpFace(string address = "192.0.2.1") =>
        AddFace("udp4://192.0.2.9:6363", $"udp4://{address}:6363");

    /// <summary>Sends a command and gives the answer's packet; null when there is none.</summary>
    public Sent? Send(string command, byte[] parameters, CommandSignatureForm form = CommandSignatureForm.SignedInterest) =>
        SendRaw(MakeCommand(command, parameters, form));

    public Sent? SendRaw(byte[] interest, FaceId? from = null) =>
        Node.Receive(from ?? App, interest).SingleOrDefault(sent => sent.Kind == 'D');

    /// <summary>Sends a command that must be answered.</summary>
    public ControlResponse Command(
        string command, ControlParameters parameters, CommandSignatureForm form = CommandSignatureForm.SignedInterest)
    {
        Sent? sent = Send(command, parameters.Encode(), form);
        Assert.NotNull(sent);
        return ResponseOf(sent);
    }

    /// <summary>Sends a command that must succeed, and gives the parameters in effect.</summary>
    public ControlParameters Succeed(string command, ControlParameters parameters)
    {
        ControlResponse response = Command(command, parameters);
        Assert.Equal(200UL, response.StatusCode);
        return ParametersOf(response);
    }

    public ulong CodeOf(string command, ControlParameters parameters) => Command(command, parameters).StatusCode;

    public byte[] MakeCommand(string command, byte[] parameters, CommandSignatureForm form)
    {
        Name name = Name.Parse("/localhost/nfd/" + command).Append(NameComponent.Generic(parameters));
        uint nonce = ++_nonce;
        switch (form)
        {
            case CommandSignatureForm.SignedInterest:
                var interest = new Interest { Name = name, Nonce = nonce, ApplicationParameters = default(ReadOnlyMemory<byte>) };
                return interest.Sign(DigestSha256Signer.Instance, BitConverter.GetBytes((ulong)nonce), 1).Encode();
            case CommandSignatureForm.NameComponents:
                return Wire.Interest(AppendOldSignature(name, nonce), nonce);
            default:
                return Wire.Interest(name, nonce);
        }
    }

    /// <summary>A name signed as before packet format 0.3: time, nonce, SignatureInfo, SignatureValue.</summary>
    public static Name AppendOldSignature(Name name, uint nonce) => name
        .Append(NameComponent.Generic([0, 0, 1, 0x8B, 0xCF, 0xE5, 0x68, (byte)nonce]))
        .Append(NameComponent.Generic([1, 2, 3, 4, 5, 6, 7, 8]))
        .Append(NameComponent.Generic([0x16, 0x03, 0x1B, 0x01, 0x00]))
        .Append(NameComponent.Generic(Wire.Element(0x17, new byte[32])));

    /// <summary>Fetches every segment of a dataset.</summary>
    public byte[] Fetch(string dataset) => Fetch(Name.Parse("/localhost/nfd/" + dataset));

    public byte[] Fetch(Name dataset)
    {
        Sent first = Ask(dataset, canBePrefix: true)!;
        Data data = DataOf(first);
        List<byte> content = [.. data.Content.ToArray()];
        Name versioned = data.Name.Prefix(data.Name.Count - 1);
        Assert.Equal(dataset.Count + 1, versioned.Count);
        for (ulong segment = 1; data.FinalBlockId is null; segment++)
        {
            data = DataOf(Ask(versioned.Append(NameComponent.Segment(segment)), canBePrefix: false)!);
            content.AddRange(data.Content.ToArray());
        }

        Assert.Equal(data.Name[^1], data.FinalBlockId);
        return [.. content];
    }

    public IReadOnlyList<TElement> Fetch<TElement>(string dataset)
        where TElement : class, IDatasetElement<TElement>
    {
        Assert.Equal(TlvStatus.Ok, Dataset.TryDecode(Fetch(dataset), out IReadOnlyList<TElement> elements));
        return elements;
    }

    /// <summary>Sends an Interest; null when nothing comes back at once.</summary>
    public Sent? Ask(Name name, bool canBePrefix, bool mustBeFresh = true, FaceId? from = null) =>
        SendRaw(Wire.Interest(name, ++_nonce, canBePrefix, mustBeFresh), from);

    /// <summary>The next event of a kind; those before it are dropped.</summary>
    public ForwarderEvent TakeEvent(ForwarderEventKind kind)
    {
        while (Node.Core.TryTakeEvent(out ForwarderEvent taken))
        {
            if (taken.Kind == kind)
            {
                return taken;
            }
        }

        Assert.Fail("no event " + kind);
        return default;
    }

    public bool HasEvent(ForwarderEventKind kind)
    {
        bool found = false;
        while (Node.Core.TryTakeEvent(out ForwarderEvent taken))
        {
            found |= taken.Kind == kind;
        }

        return found;
    }

    public static Data DataOf(Sent sent)
    {
        Assert.Equal(TlvStatus.Ok, Data.TryDecode(sent.Packet, out Data? data));
        Assert.True(DigestSha256Verifier.Instance.Verify(
            data!.SignatureInfo.Type, data.SignedPortion.Span, data.SignatureValue.Span));
        Assert.Equal(1000UL, data.FreshnessPeriodMs);
        return data;
    }

    public static ControlResponse ResponseOf(Sent sent)
    {
        Assert.Equal(TlvStatus.Ok, ControlResponse.TryDecode(DataOf(sent).Content.Span, out ControlResponse? response));
        return response!;
    }

    public static ControlParameters ParametersOf(ControlResponse response)
    {
        Assert.Equal(TlvStatus.Ok, response.TryGetParameters(out ControlParameters? parameters));
        return parameters!;
    }
}
