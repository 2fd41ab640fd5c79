using Piccolo.Forwarder.Management;
using Piccolo.Forwarder.Tests.Support;
using Piccolo.Ndn;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Forwarder.Tests.Management;

/// <summary>What all commands have in common: signatures, permission, unreadable parameters, unknown verbs.</summary>
public sealed class CommandProtocolTests
{
    private readonly ManagedNode _node = new();

    [Fact]
    public void Command_is_answered_under_its_own_full_name()
    {
        byte[] interest = _node.MakeCommand(
            "cs/config", new ControlParameters().Encode(), CommandSignatureForm.SignedInterest);
        Assert.Equal(TlvStatus.Ok, Interest.TryDecode(interest, out Interest? sent));
        Sent answer = _node.SendRaw(interest)!;
        Assert.Equal(sent!.Name, ManagedNode.DataOf(answer).Name);
        Assert.Equal("OK", ManagedNode.ResponseOf(answer).StatusText);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Rib_command_is_carried_out_in_both_signature_forms(int form)
    {
        var parameters = new ControlParameters { Name = Name.Parse("/a") };
        Assert.Equal(200UL, _node.Command("rib/register", parameters, (CommandSignatureForm)form).StatusCode);
        Assert.Equal(1, _node.Management.RouteCount);
    }

    [Fact]
    public void Rib_command_without_a_signature_is_rejected_with_403()
    {
        var parameters = new ControlParameters { Name = Name.Parse("/a") };
        Assert.Equal(403UL, _node.Command("rib/register", parameters, CommandSignatureForm.None).StatusCode);
        Assert.Equal(403UL, _node.Command("rib/unregister", parameters, CommandSignatureForm.None).StatusCode);
        Assert.Equal(0, _node.Management.RouteCount);
    }

    [Theory]
    [InlineData("fib/add-nexthop")]
    [InlineData("fib/remove-nexthop")]
    [InlineData("strategy-choice/unset")]
    [InlineData("cs/erase")]
    public void Other_commands_need_no_signature(string command)
    {
        var parameters = new ControlParameters { Name = Name.Parse("/a") };
        Assert.Equal(200UL, _node.Command(command, parameters, CommandSignatureForm.None).StatusCode);
    }

    [Fact]
    public void Command_with_a_malformed_signature_gets_silence()
    {
        Name name = Name.Parse("/localhost/nfd/rib/register")
            .Append(NameComponent.Generic(new ControlParameters { Name = Name.Parse("/a") }.Encode()));
        Name good = ManagedNode.AppendOldSignature(name, 1);
        byte[][] badInfos = [[0x16, 0x00], [0x16, 0x05, 0x1B], [0x16, 0x03, 0x1B, 0x01], [0x99]];
        uint nonce = 100;
        foreach (byte[] info in badInfos)
        {
            Name bad = good.Prefix(good.Count - 2).Append(NameComponent.Generic(info)).Append(good[^1]);
            Assert.Null(_node.SendRaw(Wire.Interest(bad, nonce++)));
        }

        Name noValue = good.Prefix(good.Count - 1).Append(NameComponent.Generic([0x17, 0x20, 0x00]));
        Assert.Null(_node.SendRaw(Wire.Interest(noValue, nonce)));
        Assert.Equal(5, _node.Management.Counters.CommandsIgnored);
        Assert.Equal(0, _node.Management.RouteCount);
    }

    [Theory]
    [InlineData("rib/bogus")]
    [InlineData("bogus/register")]
    [InlineData("faces/register")]
    [InlineData("status/reset")]
    public void Unknown_module_or_verb_is_answered_501(string command) =>
        Assert.Equal(501UL, _node.CodeOf(command, new ControlParameters { Name = Name.Parse("/a") }));

    [Theory]
    [InlineData("rib/register")]
    [InlineData("rib/unregister")]
    [InlineData("faces/create")]
    [InlineData("faces/update")]
    [InlineData("faces/destroy")]
    [InlineData("fib/add-nexthop")]
    [InlineData("fib/remove-nexthop")]
    [InlineData("strategy-choice/set")]
    [InlineData("strategy-choice/unset")]
    [InlineData("cs/config")]
    [InlineData("cs/erase")]
    public void Unreadable_or_unfitting_parameters_are_answered_400(string command)
    {
        byte[][] bodies =
        [
            [],
            [0x00],
            [0x68],
            [0x68, 0x05, 0x07],
            [0x69, 0x01, 0x05],
            [0x68, 0x03, 0x69, 0x01],
            [0x68, 0x05, 0x69, 0x03, 1, 2, 3],
            new ControlParameters { Name = Name.Parse("/a"), Uri = "tcp4://192.0.2.1:6363", FaceId = 1 }.Encode(),
        ];
        foreach (byte[] body in bodies)
        {
            Assert.Equal(400UL, ManagedNode.ResponseOf(_node.Send(command, body)!).StatusCode);
        }
    }

    [Theory]
    [InlineData("rib/register")]
    [InlineData("rib/unregister")]
    [InlineData("faces/create")]
    [InlineData("faces/destroy")]
    [InlineData("fib/add-nexthop")]
    [InlineData("fib/remove-nexthop")]
    [InlineData("strategy-choice/set")]
    [InlineData("strategy-choice/unset")]
    [InlineData("cs/erase")]
    public void Missing_required_parameters_are_answered_400(string command) =>
        Assert.Equal(400UL, _node.CodeOf(command, new ControlParameters()));

    [Theory]
    [InlineData("faces/update")]
    [InlineData("cs/config")]
    public void Flags_without_mask_and_mask_without_flags_are_answered_400(string command)
    {
        Assert.Equal(400UL, _node.CodeOf(command, new ControlParameters { Flags = 1 }));
        Assert.Equal(400UL, _node.CodeOf(command, new ControlParameters { Mask = 1 }));
        Assert.Equal(200UL, _node.CodeOf(command, new ControlParameters { Flags = 1, Mask = 1 }));
    }

    [Fact]
    public void Command_without_a_parameters_component_is_answered_400() =>
        Assert.Equal(400UL, ManagedNode.ResponseOf(
            _node.Ask(Name.Parse("/localhost/nfd/faces/destroy"), canBePrefix: false)!).StatusCode);

    [Fact]
    public void Authorizer_decides_between_doing_403_and_silence()
    {
        var authorizer = new ScriptedAuthorizer();
        var node = new ManagedNode(authorizer: authorizer);
        byte[] parameters = new ControlParameters { Name = Name.Parse("/a") }.Encode();
        authorizer.Decision = CommandDecision.Reject;
        Assert.Equal(403UL, ManagedNode.ResponseOf(node.Send("rib/register", parameters)!).StatusCode);
        authorizer.Decision = CommandDecision.Ignore;
        Assert.Null(node.Send("rib/register", parameters));
        authorizer.Decision = CommandDecision.Accept;
        Assert.Equal(200UL, ManagedNode.ResponseOf(node.Send("rib/register", parameters)!).StatusCode);
        Assert.Equal($"rib register {node.App} False SignedInterest DigestSha256", authorizer.Last);
    }

    [Fact]
    public void Command_from_another_host_never_arrives()
    {
        FaceId udp = _node.AddUdpFace();
        byte[] interest = _node.MakeCommand(
            "rib/register", new ControlParameters { Name = Name.Parse("/a") }.Encode(), CommandSignatureForm.SignedInterest);
        Assert.Null(_node.SendRaw(interest, udp));
        Assert.Equal(0, _node.Management.RouteCount);
    }

    [Fact]
    public void Localhop_is_for_signed_rib_commands_and_only_when_enabled()
    {
        FaceId neighbour = _node.AddUdpFace();
        byte[] signed = LocalhopRegister("/localhop/nfd/rib/register");
        Assert.Null(_node.SendRaw(signed, neighbour));

        var open = new ManagedNode(new ManagementOptions { IsLocalhopRibEnabled = true });
        neighbour = open.AddUdpFace();
        Assert.Equal(200UL, ManagedNode.ResponseOf(open.SendRaw(signed, neighbour)!).StatusCode);
        Assert.Equal(neighbour, open.Management.RibEntries.Single().Routes[0].Face);
        Assert.Equal(403UL, ManagedNode.ResponseOf(
            open.SendRaw(LocalhopRegister("/localhop/nfd/fib/add-nexthop"), neighbour)!).StatusCode);
        Assert.Equal(501UL, ManagedNode.ResponseOf(
            open.SendRaw(LocalhopRegister("/localhop/nfd/faces/list"), neighbour)!).StatusCode);
    }

    [Fact]
    public void Interests_of_any_shape_under_the_prefix_never_throw()
    {
        IRandomSource random = new XoshiroRandomSource(99);
        string[] modules = ["rib", "faces", "fib", "cs", "strategy-choice", "status", "x"];
        string[] verbs = ["register", "list", "query", "events", "create", "update", "config", "set", "general", "announce"];
        byte[] good = new ControlParameters { Name = Name.Parse("/a"), FaceId = 256 }.Encode();
        for (uint round = 0; round < 3000; round++)
        {
            Name name = Name.Parse("/localhost/nfd");
            uint depth = random.NextBelow(3);
            name = depth > 0 ? name.Append(modules[random.NextBelow((uint)modules.Length)]) : name;
            name = depth > 1 ? name.Append(verbs[random.NextBelow((uint)verbs.Length)]) : name;
            for (uint extra = random.NextBelow(6); extra > 0; extra--)
            {
                byte[] value = (byte[])good.Clone();
                value[random.NextBelow((uint)value.Length)] = (byte)random.NextUInt32();
                ushort[] types = [8, 8, 8, 1, 50, 54, 58];
                ushort type = types[random.NextBelow((uint)types.Length)];
                name = name.Append(new NameComponent(type, type == 1 ? new byte[32] : value));
            }

            _node.Node.Receive(_node.App, Wire.Interest(name, 1_000_000 + round, random.NextBelow(2) == 0));
        }

        Assert.True(_node.Management.Counters.CommandsFailed > 100);
        Assert.Equal(200UL, _node.CodeOf("cs/config", new ControlParameters()));
    }

    [Fact]
    public void Command_whose_answer_would_not_fit_a_packet_gets_silence()
    {
        const int Guess = 8000;
        int room = PacketLimits.MaxPacketOctets - MakeHuge(Guess).Length;
        byte[] largest = MakeHuge(Guess + room);
        Assert.Equal(PacketLimits.MaxPacketOctets, largest.Length);
        Assert.Null(_node.SendRaw(largest));
        Assert.Equal(1, _node.Management.Counters.InterestsUnanswered);
    }

    private byte[] MakeHuge(int uriLength) => _node.MakeCommand(
        "faces/create",
        new ControlParameters { Uri = new string('a', uriLength) }.Encode(),
        CommandSignatureForm.SignedInterest);

    private static byte[] LocalhopRegister(string command)
    {
        Name name = Name.Parse(command)
            .Append(NameComponent.Generic(new ControlParameters { Name = Name.Parse("/a") }.Encode()));
        return new Interest { Name = name, Nonce = 7 }.Sign(DigestSha256Signer.Instance).Encode();
    }

    private sealed class ScriptedAuthorizer : ICommandAuthorizer
    {
        public CommandDecision Decision { get; set; }

        public string Last { get; private set; } = string.Empty;

        public CommandDecision Authorize(in CommandRequest request, Instant now)
        {
            Assert.False(request.Interest.IsEmpty);
            Last = $"{request.Module} {request.Verb} {request.Ingress} {request.IsLocalhop} {request.SignatureForm} "
                + request.SignatureInfo?.Type;
            return Decision;
        }
    }
}
