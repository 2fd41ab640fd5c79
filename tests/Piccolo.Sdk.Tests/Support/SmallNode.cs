using System.Security.Cryptography;
using Piccolo.Drivers;
using Piccolo.Drivers.InMemory;
using Piccolo.Forwarder;
using Piccolo.Forwarder.Faces;
using Piccolo.Forwarder.Management;
using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;

namespace Piccolo.Sdk.Tests.Support;

/// <summary>A real forwarder with its management under a lock, and in-memory links to the clients of a test.</summary>
internal sealed class SmallNode : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly HostClock _clock = new(TimeProvider.System);
    private readonly ForwarderCore _core;
    private readonly Dictionary<FaceId, InMemoryLink> _links = [];
    private readonly List<PiccoloClient> _clients = [];
    private readonly ITimer _timer;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public SmallNode()
    {
        var options = new ForwarderOptions
        {
            PageOctets = 16384,
            ContentStoreCapacity = 4096,
            UnixTimeAtZeroMs = (ulong)(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - _clock.Now.Milliseconds),
        };
        _core = new ForwarderCore(options, new FramePool(), new XoshiroRandomSource(1), null);
        ForwarderManagement.Attach(
            _core, new ManagementOptions(), DigestSha256Signer.Instance, AnyCommandAuthorizer.Instance, _clock.Now);
        var keyName = Name.Parse("/node/KEY/1");
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Certificate = Certificate.SelfSign(
            keyName, _key.ExportSubjectPublicKeyInfo(), 1, new ValidityPeriod(now.AddSeconds(-1), now.AddDays(1)),
            new EcdsaSigner(_key, null));
        Signer = new EcdsaSigner(_key, new KeyLocator(keyName));
        _timer = TimeProvider.System.CreateTimer(_ => Turn(static (_, _) => { }), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The certificate of the node's key.</summary>
    public Certificate Certificate { get; }

    /// <summary>Signs with the node's key.</summary>
    public ISigner Signer { get; }

    /// <summary>Connects one more application.</summary>
    public PiccoloClient Connect(PiccoloClientOptions? options = null)
    {
        (InMemoryLink ours, InMemoryLink theirs) = InMemoryLink.CreatePair(
            _clock, new InMemoryOptions { Delivery = InMemoryDelivery.Queued });
        Turn((core, now) =>
        {
            FaceId face = core.AddFace(new FaceDescription(ours.Capabilities, new LinkServiceOptions { Mtu = ours.Capabilities.Mtu }), now);
            _links[face] = ours;
            ours.Start(new Port(this, face));
        });
        PiccoloClient client = PiccoloClient.Start(theirs, options);
        _clients.Add(client);
        return client;
    }

    /// <summary>Publishes the node's certificate as pcl-node does.</summary>
    public async Task TellNameAsync()
    {
        PiccoloClient client = Connect();
        byte[] certificate = Certificate.Data.Wire.ToArray();
        await client.ServeAsync(
            PiccoloClient.NodeCertificateName,
            (interest, _) => ValueTask.FromResult<Data?>(Data.Create(
                new DataFields { Name = interest.Name, Content = certificate, FreshnessPeriodMs = 1000 }, DigestSha256Signer.Instance)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (PiccoloClient client in _clients)
        {
            await client.DisposeAsync();
        }

        await _timer.DisposeAsync();
        _key.Dispose();
    }

    private void Turn(Action<ForwarderCore, Instant> input)
    {
        lock (_gate)
        {
            Instant now = _clock.Now;
            input(_core, now);
            if (_core.NextTimeout <= now)
            {
                _core.HandleTimeout(now);
            }

            while (_core.TryTakeTransmit(out Transmit transmit))
            {
                if (_links.TryGetValue(transmit.Face, out InMemoryLink? link))
                {
                    link.Send([transmit.Frame]);
                }
                else
                {
                    transmit.Frame.Dispose();
                }
            }

            while (_core.TryTakeEvent(out _))
            {
            }

            if (_core.NextTimeout != Instant.Never)
            {
                double milliseconds = Math.Clamp(Math.Ceiling((_core.NextTimeout - now).TotalMilliseconds), 1, 1e9);
                _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
            }
        }
    }

    private sealed class Port(SmallNode node, FaceId face) : ILinkReceiver
    {
        public void OnFrames(ILink link, ReadOnlySpan<FrameLease> frames)
        {
            foreach (FrameLease frame in frames)
            {
                node.Turn((core, now) => core.HandleFrame(face, frame.Span, now));
                frame.Dispose();
            }
        }

        public void OnClosed(ILink link, LinkCloseReason reason, string detail) =>
            node.Turn((core, now) =>
            {
                node._links.Remove(face);
                core.RemoveFace(face, now);
            });
    }
}
