using Piccolo.Forwarder.Faces;
using Piccolo.Forwarder.Management;
using Piccolo.Forwarder.Tests.Support;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Tests.Management;

public sealed class FaceCommandTests
{
    private const string Remote = "udp4://192.0.2.1:6363";

    private readonly ManagedNode _node = new();

    [Fact]
    public void Create_asks_the_host_and_answers_when_it_has_made_the_face()
    {
        Assert.Null(Create(new ControlParameters
        {
            Uri = Remote,
            Flags = 4,
            Mask = 4,
            FacePersistency = FacePersistency.Permanent,
            Mtu = 1400,
            BaseCongestionMarkingIntervalNs = 50_000_000,
            DefaultCongestionThreshold = 1000,
        }));
        ForwarderEvent request = _node.TakeEvent(ForwarderEventKind.FaceCreationRequested);
        Assert.Equal(Remote, request.Creation!.RemoteUri);
        Assert.Null(request.Creation.LocalUri);
        Assert.Equal(FacePersistency.Permanent, request.Creation.Persistency);
        Assert.Equal(1400, request.Creation.Mtu);
        Assert.True(request.Creation.LinkOptions!.EnableCongestionMarking);
        Assert.Equal(TimeSpan.FromMilliseconds(50), request.Creation.LinkOptions.BaseCongestionMarkingInterval);
        Assert.Equal(1000UL, request.Creation.LinkOptions.DefaultCongestionThreshold);

        var capabilities = new LinkCapabilities(
            "udp4://192.0.2.9:6363", Remote, LinkScope.NonLocal, LinkType.PointToPoint, FacePersistency.Permanent, 1400, 1, false);
        FaceId face = _node.Node.Core.AddFace(
            new FaceDescription(capabilities, request.Creation.LinkOptions), _node.Node.Now);
        Sent answer = Complete(request, new FaceCreationOutcome(face, IsExisting: false, Error: null)).Single();
        ControlResponse response = ManagedNode.ResponseOf(answer);
        Assert.Equal(200UL, response.StatusCode);
        Assert.Equal(
            new ControlParameters
            {
                FaceId = face.Value,
                Uri = Remote,
                LocalUri = "udp4://192.0.2.9:6363",
                Flags = 4,
                FacePersistency = FacePersistency.Permanent,
                BaseCongestionMarkingIntervalNs = 50_000_000,
                DefaultCongestionThreshold = 1000,
                Mtu = 1400,
            },
            ManagedNode.ParametersOf(response));
    }

    [Fact]
    public void Create_without_options_leaves_them_to_the_host()
    {
        Create(new ControlParameters { Uri = Remote });
        FaceCreationRequest creation = _node.TakeEvent(ForwarderEventKind.FaceCreationRequested).Creation!;
        Assert.Null(creation.LinkOptions);
        Assert.Null(creation.Mtu);
        Assert.Equal(FacePersistency.Persistent, creation.Persistency);
    }

    [Fact]
    public void Create_of_a_face_that_exists_is_answered_409_with_that_face()
    {
        FaceId face = _node.AddUdpFace();
        ControlResponse response = _node.Command("faces/create", new ControlParameters { Uri = Remote });
        Assert.Equal(409UL, response.StatusCode);
        ControlParameters existing = ManagedNode.ParametersOf(response);
        Assert.Equal(face.Value, existing.FaceId);
        Assert.Equal(Remote, existing.Uri);
        Assert.False(_node.HasEvent(ForwarderEventKind.FaceCreationRequested));
    }

    [Fact]
    public void Create_of_a_face_that_is_being_made_waits_and_is_answered_409()
    {
        Create(new ControlParameters { Uri = Remote });
        ForwarderEvent request = _node.TakeEvent(ForwarderEventKind.FaceCreationRequested);
        Create(new ControlParameters { Uri = Remote });
        Assert.False(_node.HasEvent(ForwarderEventKind.FaceCreationRequested));
        FaceId face = _node.AddUdpFace();
        List<Sent> answers = Complete(request, new FaceCreationOutcome(face, IsExisting: false, Error: null));
        Assert.Equal([200UL, 409UL], answers.Select(answer => ManagedNode.ResponseOf(answer).StatusCode));
        Assert.All(answers, answer => Assert.Equal(
            face.Value, ManagedNode.ParametersOf(ManagedNode.ResponseOf(answer)).FaceId));
    }

    [Fact]
    public void Create_that_ends_at_a_face_of_the_host_is_answered_409()
    {
        Create(new ControlParameters { Uri = "tcp4://192.0.2.1:6363" });
        ForwarderEvent request = _node.TakeEvent(ForwarderEventKind.FaceCreationRequested);
        FaceId face = _node.AddUdpFace();
        Sent answer = Complete(request, new FaceCreationOutcome(face, IsExisting: true, Error: null)).Single();
        Assert.Equal(409UL, ManagedNode.ResponseOf(answer).StatusCode);
    }

    [Fact]
    public void Create_that_fails_is_answered_504_with_the_reason()
    {
        Create(new ControlParameters { Uri = "tcp4://192.0.2.1:6363" });
        ForwarderEvent request = _node.TakeEvent(ForwarderEventKind.FaceCreationRequested);
        ControlResponse response = ManagedNode.ResponseOf(
            Complete(request, new FaceCreationOutcome(Face: null, IsExisting: false, "connection refused")).Single());
        Assert.Equal(504UL, response.StatusCode);
        Assert.Equal("connection refused", response.StatusText);
    }

    [Fact]
    public void Create_that_takes_too_long_is_answered_504_and_its_late_outcome_is_ignored()
    {
        byte[] interest = Wire.Interest(
            Name.Parse("/localhost/nfd/faces/create").Append(
                NameComponent.Generic(new ControlParameters { Uri = Remote }.Encode())),
            nonce: 1,
            lifetimeMs: 20_000);
        Assert.Null(_node.SendRaw(interest));
        ForwarderEvent request = _node.TakeEvent(ForwarderEventKind.FaceCreationRequested);
        Assert.Empty(_node.Node.Advance(7999));
        Assert.Equal(504UL, ManagedNode.ResponseOf(_node.Node.Advance(1).Single()).StatusCode);
        Assert.Empty(Complete(request, new FaceCreationOutcome(_node.AddUdpFace(), IsExisting: false, Error: null)));
    }

    [Fact]
    public void Creations_and_waiters_beyond_their_limits_are_answered_500()
    {
        var node = new ManagedNode(new ManagementOptions { FaceCreationCountMax = 2, WaiterCountMax = 2 });
        for (int i = 0; i < 2; i++)
        {
            Assert.Null(node.Send("faces/create", new ControlParameters { Uri = $"udp4://192.0.2.{i}:6363" }.Encode()));
            Assert.Null(node.Send("faces/create", new ControlParameters { Uri = $"udp4://192.0.2.{i}:6363" }.Encode()));
        }

        Assert.Equal(500UL, node.CodeOf("faces/create", new ControlParameters { Uri = "udp4://192.0.2.0:6363" }));
        Assert.Equal(500UL, node.CodeOf("faces/create", new ControlParameters { Uri = "udp4://192.0.2.7:6363" }));
    }

    [Theory]
    [InlineData("ws://192.0.2.1:9696", null, null, null, null)]
    [InlineData("unix:///tmp/sock", null, null, null, null)]
    [InlineData("udp4://192.0.2.1:6363", "udp4://192.0.2.2:6363", null, null, null)]
    [InlineData("tcp4://192.0.2.1:6363", "tcp4://192.0.2.2:6363", null, null, null)]
    [InlineData("udp4://192.0.2.1:6363", null, FacePersistency.OnDemand, null, null)]
    [InlineData("udp4://224.0.23.170:56363", null, null, null, null)]
    [InlineData("udp6://[ff02::1234]:56363", null, null, null, null)]
    [InlineData("udp4://192.0.2.1:6363", null, null, 1UL, null)]
    [InlineData("tcp4://192.0.2.1:6363", null, null, 1UL, null)]
    [InlineData("udp4://192.0.2.1:6363", null, null, null, 63UL)]
    [InlineData("tcp4://192.0.2.1:6363", null, null, null, 1400UL)]
    public void Create_of_what_no_face_can_be_is_answered_406(
        string uri, string? localUri, FacePersistency? persistency, ulong? flag, ulong? mtu) =>
        Assert.Equal(406UL, _node.CodeOf("faces/create", new ControlParameters
        {
            Uri = uri,
            LocalUri = localUri,
            FacePersistency = persistency,
            Flags = flag,
            Mask = flag,
            Mtu = mtu,
        }));

    [Fact]
    public void Create_with_local_fields_on_a_loopback_tcp_face_is_tried()
    {
        Create(new ControlParameters { Uri = "tcp4://127.0.0.1:6363", Flags = 1, Mask = 1 });
        ForwarderEvent request = _node.TakeEvent(ForwarderEventKind.FaceCreationRequested);
        Assert.True(request.Creation!.LinkOptions!.AllowLocalFields);
    }

    [Theory]
    [InlineData("udp4://192.0.2.1", null)]
    [InlineData("udp://192.0.2.1:6363", null)]
    [InlineData("udp4://router.example:6363", null)]
    [InlineData("not a uri", null)]
    [InlineData("udp4://192.0.2.1:6363", (FacePersistency)9)]
    public void Create_with_a_bad_uri_or_persistency_is_answered_400(string uri, FacePersistency? persistency) =>
        Assert.Equal(400UL, _node.CodeOf(
            "faces/create", new ControlParameters { Uri = uri, FacePersistency = persistency }));

    [Fact]
    public void Update_changes_the_face_tells_the_host_and_describes_the_result()
    {
        FaceId face = _node.AddUdpFace();
        ControlParameters effect = _node.Succeed("faces/update", new ControlParameters
        {
            FaceId = face.Value,
            Flags = 0xFF,
            Mask = 2,
            FacePersistency = FacePersistency.Permanent,
            Mtu = 1200,
            DefaultCongestionThreshold = 5,
        });
        Assert.Equal(
            new ControlParameters
            {
                FaceId = face.Value,
                Flags = 2,
                FacePersistency = FacePersistency.Permanent,
                Mtu = 1200,
                DefaultCongestionThreshold = 5,
                BaseCongestionMarkingIntervalNs = 100_000_000,
            },
            effect);
        Face found = _node.Node.Core.FindFace(face)!;
        Assert.True(found.Link!.Options.EnableReliability);
        Assert.Equal(FacePersistency.Permanent, found.Persistency);
        Assert.Equal(face, _node.TakeEvent(ForwarderEventKind.FaceUpdated).Face);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0UL)]
    public void Update_without_a_face_is_about_the_requester(ulong? faceId)
    {
        ControlParameters effect = _node.Succeed(
            "faces/update", new ControlParameters { FaceId = faceId, Flags = 1, Mask = 1 });
        Assert.Equal(_node.App.Value, effect.FaceId);
        Assert.True(_node.Node.Core.FindFace(_node.App)!.Link!.Options.AllowLocalFields);
    }

    [Fact]
    public void Update_of_no_face_is_answered_404() =>
        Assert.Equal(404UL, _node.CodeOf("faces/update", new ControlParameters { FaceId = 9999 }));

    [Fact]
    public void Update_with_an_unknown_persistency_is_answered_400() =>
        Assert.Equal(400UL, _node.CodeOf(
            "faces/update", new ControlParameters { FacePersistency = (FacePersistency)9 }));

    [Fact]
    public void Update_that_does_not_suit_the_face_is_answered_409_naming_the_offenders_and_changes_nothing()
    {
        FaceId face = _node.AddUdpFace();
        ControlResponse response = _node.Command("faces/update", new ControlParameters
        {
            FaceId = face.Value,
            Flags = 3,
            Mask = 3,
            Mtu = 10,
            FacePersistency = FacePersistency.Permanent,
        });
        Assert.Equal(409UL, response.StatusCode);
        Assert.Equal(new ControlParameters { Flags = 1, Mask = 1, Mtu = 10 }, ManagedNode.ParametersOf(response));
        Assert.False(_node.Node.Core.FindFace(face)!.Link!.Options.EnableReliability);

        response = _node.Command("faces/update", new ControlParameters
        {
            FacePersistency = FacePersistency.Permanent,
            Mtu = 1400,
        });
        Assert.Equal(409UL, response.StatusCode);
        Assert.Equal(
            new ControlParameters { FacePersistency = FacePersistency.Permanent, Mtu = 1400 },
            ManagedNode.ParametersOf(response));
    }

    [Fact]
    public void Destroy_asks_the_host_and_succeeds_with_or_without_such_a_face()
    {
        FaceId face = _node.AddUdpFace();
        ControlParameters effect = _node.Succeed("faces/destroy", new ControlParameters { FaceId = face.Value });
        Assert.Equal(new ControlParameters { FaceId = face.Value }, effect);
        Assert.Equal(face, _node.TakeEvent(ForwarderEventKind.FaceDestroyRequested).Face);
        _node.Succeed("faces/destroy", new ControlParameters { FaceId = 9999 });
        _node.Succeed("faces/destroy", new ControlParameters { FaceId = 1 });
        Assert.False(_node.HasEvent(ForwarderEventKind.FaceDestroyRequested));
    }

    [Fact]
    public void Destroy_of_face_zero_is_answered_400() =>
        Assert.Equal(400UL, _node.CodeOf("faces/destroy", new ControlParameters { FaceId = 0 }));

    private Sent? Create(ControlParameters parameters) => _node.Send("faces/create", parameters.Encode());

    private List<Sent> Complete(ForwarderEvent request, FaceCreationOutcome outcome)
    {
        _node.Node.Core.CompleteFaceCreation(request.RequestId, outcome, _node.Node.Now);
        return _node.Node.Take();
    }
}
