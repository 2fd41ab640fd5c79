using System.Text;
using Piccolo.Client.Fetching;
using Piccolo.Client.Management;
using Piccolo.Client.Objects;
using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Client.Tests.Management;

public sealed class ManagementCommandsTests
{
    private static readonly Name Prefix = Name.Parse("/app");

    private readonly ManagementCommands _commands = new(
        new HmacSigner("secret"u8, new KeyLocator(Name.Parse("/key"))), new XoshiroRandomSource(4));

    [Fact]
    public void Command_is_a_signed_interest_with_time_and_nonce_that_verifies()
    {
        Interest sent = Decode(_commands.RegisterRoute(Prefix, 5000, new RouteRequest { Cost = 7, ExpirationPeriodMs = 60_000 }));
        Assert.Equal(Name.Parse("/localhost/nfd/rib/register"), sent.Name.Prefix(4));
        Assert.Equal(6, sent.Name.Count);
        Assert.Equal(TlvType.ParametersSha256DigestComponent, sent.Name[5].Type);
        Assert.Equal(TlvStatus.Ok, ControlParameters.TryDecode(sent.Name[4].Value.Span, out ControlParameters? parameters));
        Assert.Equal((Prefix, 7UL, 60_000UL), (parameters!.Name, parameters.Cost, parameters.ExpirationPeriodMs));
        Assert.Null(parameters.FaceId);
        Assert.Equal(5000UL, sent.SignatureInfo!.TimeMs);
        Assert.Equal(8, sent.SignatureInfo.Nonce!.Value.Length);
        var verifier = new HmacVerifier("secret"u8);
        Assert.True(verifier.Verify(
            sent.SignatureInfo.Type, sent.GetSignedPortion().Span, sent.SignatureValue.Span));
    }

    [Fact]
    public void Commands_have_growing_times_and_different_nonces_even_when_the_clock_stands()
    {
        Interest first = _commands.DestroyFace(300, 5000);
        Interest second = _commands.DestroyFace(300, 5000);
        Interest third = _commands.DestroyFace(300, 4000);
        Assert.Equal(5001UL, second.SignatureInfo!.TimeMs);
        Assert.Equal(5002UL, third.SignatureInfo!.TimeMs);
        Assert.False(first.SignatureInfo!.Nonce!.Value.Span.SequenceEqual(second.SignatureInfo.Nonce!.Value.Span));
    }

    [Fact]
    public void Commands_go_to_module_and_verb_of_the_protocol()
    {
        (Interest Command, string Verb)[] commands =
        [
            (_commands.UnregisterRoute(Prefix, 1, origin: 65), "/localhost/nfd/rib/unregister"),
            (_commands.CreateFace("udp4://192.0.2.1:6363", 1, FacePersistency.Permanent), "/localhost/nfd/faces/create"),
            (_commands.UpdateFace(300, 1, flags: 1, mask: 1), "/localhost/nfd/faces/update"),
            (_commands.DestroyFace(300, 1), "/localhost/nfd/faces/destroy"),
            (_commands.AddNextHop(Prefix, 1, 300, 5), "/localhost/nfd/fib/add-nexthop"),
            (_commands.RemoveNextHop(Prefix, 1, 300), "/localhost/nfd/fib/remove-nexthop"),
            (_commands.SetStrategy(Prefix, Name.Parse("/s"), 1), "/localhost/nfd/strategy-choice/set"),
            (_commands.UnsetStrategy(Prefix, 1), "/localhost/nfd/strategy-choice/unset"),
            (_commands.ConfigureStore(1, capacity: 9), "/localhost/nfd/cs/config"),
            (_commands.EraseStore(Prefix, 1, 10), "/localhost/nfd/cs/erase"),
        ];
        foreach ((Interest command, string verb) in commands)
        {
            Assert.Equal(Name.Parse(verb), Decode(command).Name.Prefix(4));
            Assert.Equal(TlvStatus.Ok, ControlParameters.TryDecode(command.Name[4].Value.Span, out _));
        }
    }

    [Fact]
    public void CommandResult_takes_the_face_that_exists_already()
    {
        byte[] body = new ControlParameters { FaceId = 262, Uri = "udp4://192.0.2.1:6363" }.Encode();
        CommandResult conflict = Parse(new ControlResponse(409, "exists", body));
        Assert.False(conflict.IsSuccess);
        Assert.Equal(262UL, conflict.UsableFaceId);
        CommandResult refused = Parse(new ControlResponse(403, "no"));
        Assert.Equal((403UL, "no", null), (refused.StatusCode, refused.StatusText, refused.UsableFaceId));
        Assert.True(Parse(new ControlResponse(200, "OK", body)).IsSuccess);
        Data garbage = Data.Create(Prefix, Encoding.UTF8.GetBytes("x"), DigestSha256Signer.Instance);
        Assert.NotEqual(TlvStatus.Ok, CommandResult.TryParse(garbage, out CommandResult? none));
        Assert.Null(none);
    }

    [Fact]
    public void Dataset_is_fetched_by_discovery_and_read_across_segment_borders()
    {
        List<byte> content = [];
        for (ulong i = 0; i < 400; i++)
        {
            var record = new FibEntryRecord(
                Prefix.Append(NameComponent.Segment(i)), [new NextHopRecord { FaceId = 256 + i, Cost = i }]);
            content.AddRange(record.Encode());
        }

        using var wire = new TwoEndedWire(1, new WireFaults { Loss = 50 });
        Name dataset = StatusDatasets.Fib(ManagementCommands.LocalPrefix);
        wire.Serve(ManagementCommands.LocalPrefix);
        PublishOptions options = Fetch.Plain with { SegmentOctets = 1001 };
        Assert.Equal(PublishStatus.Published, wire.Store.Publish(dataset, 12, content.ToArray(), options));
        var fetch = new Fetch(wire, StatusDatasets.Fetch(dataset, new XoshiroRandomSource(2), wire.Now));
        fetch.Run(TimeSpan.FromMinutes(1));
        Assert.True(fetch.Fetcher.IsCompleted, fetch.Fetcher.Error?.Message);
        Assert.Equal(TlvStatus.Ok, StatusDatasets.TryRead(fetch.Content, out IReadOnlyList<FibEntryRecord> entries));
        Assert.Equal(400, entries.Count);
        Assert.Equal(655UL, entries[399].NextHops[0].FaceId);
    }

    [Fact]
    public void Dataset_that_is_refused_gives_the_forwarders_reason()
    {
        SegmentFetcher fetcher = StatusDatasets.Fetch(
            StatusDatasets.Faces(ManagementCommands.LocalPrefix), new XoshiroRandomSource(2), Instant.Zero);
        Assert.True(fetcher.TryTakeRequest(Instant.Zero, out SegmentRequest request));
        Assert.True(request.IsDiscovery);
        byte[] response = new ControlResponse(400, "malformed").Encode();
        Data refusal = Data.Create(request.Name, response, DigestSha256Signer.Instance, contentType: ContentTypes.Nack);
        fetcher.HandleData(refusal, 0, Instant.Zero);
        Assert.Equal(400UL, StatusDatasets.Refusal(fetcher.Error!)?.StatusCode);
    }

    private static Interest Decode(Interest interest)
    {
        Assert.Equal(TlvStatus.Ok, Interest.TryDecode(interest.Encode(), out Interest? decoded));
        return decoded!;
    }

    private static CommandResult Parse(ControlResponse response)
    {
        Data data = Data.Create(Prefix, response.Encode(), DigestSha256Signer.Instance);
        Assert.Equal(TlvStatus.Ok, CommandResult.TryParse(data, out CommandResult? result));
        return result!;
    }
}
