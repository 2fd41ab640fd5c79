using System.Security.Cryptography;
using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;
using Piccolo.Rice.Client;
using Piccolo.Rice.Messages;
using Piccolo.Rice.Server;

namespace Piccolo.Rice.Tests.Calls;

/// <summary>Callers and one server in virtual time, joined by a wire that loses, repeats and reorders as its options say.</summary>
internal sealed class World
{
    public const ulong UnixTimeAtZeroMs = 1_700_000_000_000;
    public static readonly Name ReplyPrefix = Name.Parse("/caller");

    private readonly PriorityQueue<Action, (long At, long Order)> _queue = new();
    private readonly XoshiroRandomSource _wireRandom;
    private readonly XoshiroRandomSource _seedRandom;
    private readonly Dictionary<Name, List<ReadOnlyMemory<byte>>> _cache = [];
    private readonly HmacSigner _signer = new(SHA256.HashData("server"u8), new KeyLocator(Name.Parse("/server/KEY/1")));
    private long _order;

    public World(ulong seed = 1, WireOptions? wire = null, RiceServerOptions? server = null, RiceClientOptions? client = null)
    {
        Wire = wire ?? new WireOptions();
        _wireRandom = new XoshiroRandomSource(seed);
        _seedRandom = new XoshiroRandomSource(seed + 1_000_000);
        ServerOptions = (server ?? new RiceServerOptions { SignatureInfo = SignatureInfo.For(_signer) }) with
        {
            SignatureInfo = SignatureInfo.For(_signer),
            UnixTimeAtZeroMs = UnixTimeAtZeroMs,
        };
        Client = new RiceClientCore(
            (client ?? new RiceClientOptions { ReplyPrefix = ReplyPrefix }) with { UnixTimeAtZeroMs = UnixTimeAtZeroMs },
            new XoshiroRandomSource(seed + 2_000_000));
        Server = new RiceServerCore(ServerOptions, new XoshiroRandomSource(_seedRandom.NextUInt64()), Now);
    }

    public WireOptions Wire { get; set; }

    public Instant Now { get; private set; } = Instant.FromMilliseconds(1000);

    public RiceClientCore Client { get; }

    public RiceServerOptions ServerOptions { get; }

    public RiceServerCore? Server { get; private set; }

    /// <summary>What the functions do: arguments to result, error, duration.</summary>
    public Dictionary<Name, Func<RiceServerEvent, RunOutcome>> Functions { get; } = [];

    public List<FunctionDescriptor> Offered { get; } = [];

    /// <summary>Each run of a function, in all runs of the server.</summary>
    public List<RiceServerEvent> Runs { get; } = [];

    public List<ulong> Cancelled { get; } = [];

    public Dictionary<ulong, RiceClientEvent> Ends { get; } = [];

    /// <summary>Changes packets on their way to the caller; null drops.</summary>
    public Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>?>? OnWayToClient { get; set; }

    /// <summary>Changes packets on their way to the server; null drops.</summary>
    public Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>?>? OnWayToServer { get; set; }

    public bool HasRoute { get; set; } = true;

    /// <summary>Whether a content store stands between the two.</summary>
    public bool HasCache { get; set; }

    public int ToServerCount { get; private set; }

    public int ToClientCount { get; private set; }

    public void Offer(FunctionDescriptor descriptor, Func<RiceServerEvent, RunOutcome> function)
    {
        Offered.Add(descriptor);
        Functions[descriptor.Name] = function;
        Server!.Register(descriptor);
    }

    public void KillServer() => Server = null;

    public void RestartServer()
    {
        Server = new RiceServerCore(ServerOptions, new XoshiroRandomSource(_seedRandom.NextUInt64()), Now);
        foreach (FunctionDescriptor descriptor in Offered)
        {
            Server.Register(descriptor);
        }
    }

    public ulong Call(Name function, params SuppliedArgument[] arguments) =>
        Call(new CallRequest { Function = function, Arguments = arguments });

    public ulong Call(CallRequest request)
    {
        ulong id = Client.Call(request, Now);
        Drain();
        return id;
    }

    /// <summary>Calls and lets time pass until the call has ended.</summary>
    public RiceClientEvent CallAndWait(CallRequest request)
    {
        ulong id = Call(request);
        RunUntil(Now + request.Timeout + TimeSpan.FromSeconds(1), () => Ends.ContainsKey(id));
        Assert.True(Ends.ContainsKey(id), "the call did not end by its deadline");
        return Ends[id];
    }

    public RiceClientEvent CallAndWait(Name function, params SuppliedArgument[] arguments) =>
        CallAndWait(new CallRequest { Function = function, Arguments = arguments });

    public void After(TimeSpan delay, Action action) => _queue.Enqueue(action, ((Now + delay).Nanoseconds, ++_order));

    public void RunUntil(Instant end, Func<bool>? isEnough = null)
    {
        for (int steps = 0; steps < 5_000_000 && isEnough?.Invoke() != true; steps++)
        {
            Instant next = Instant.Min(Client.NextTimeout, Server?.NextTimeout ?? Instant.Never);
            if (_queue.TryPeek(out _, out (long At, long Order) head))
            {
                next = Instant.Min(next, new Instant(head.At));
            }

            if (next > end)
            {
                Now = end;
                return;
            }

            Now = Instant.Max(Now, next);
            if (head.At != 0 && head.At <= Now.Nanoseconds && _queue.TryDequeue(out Action? action, out _))
            {
                action();
            }

            if (Client.NextTimeout <= Now)
            {
                Client.HandleTimeout(Now);
            }

            if (Server?.NextTimeout <= Now)
            {
                Server.HandleTimeout(Now);
            }

            Drain();
        }
    }

    /// <summary>Lets everything that has a lifetime come to its end, and says what is left.</summary>
    public void AssertNothingIsLeft()
    {
        RunUntil(Now + TimeSpan.FromHours(3));
        Assert.Equal(0, Client.CallCount);
        Assert.Equal(0, Client.OutstandingCount);
        if (Server is not null)
        {
            Assert.Equal(0, Server.ActiveJobCount);
            Assert.Equal(0, Server.RunningJobCount);
            Assert.Equal(0, Server.KnownJobCount);
            Assert.Equal(0, Server.JournalCount);
            Assert.Equal(0, Server.ArgumentOctets);
            Assert.Equal(0, Server.RetainedOctets);
        }
    }

    public void Drain()
    {
        bool isMoving = true;
        while (isMoving)
        {
            isMoving = false;
            while (Client.TryTakeTransmit(out ReadOnlyMemory<byte> packet))
            {
                isMoving = true;
                SendToServer(packet);
            }

            while (Client.TryTakeEvent(out RiceClientEvent? report))
            {
                isMoving = true;
                HandleClient(report!);
            }

            RiceServerCore? server = Server;
            while (server is not null && server.TryTakeTransmit(out ReadOnlyMemory<byte> packet))
            {
                isMoving = true;
                SendToClient(packet);
            }

            while (server is not null && server.TryTakeEvent(out RiceServerEvent? wish))
            {
                isMoving = true;
                HandleServer(server, wish!);
            }
        }
    }

    private void HandleClient(RiceClientEvent report)
    {
        if (report.Kind != RiceClientEventKind.VerifyNeeded)
        {
            Assert.True(Ends.TryAdd(report.Id, report), "a call ended twice");
            return;
        }

        Data data = report.Data!;
        var verifier = new HmacVerifier(SHA256.HashData("server"u8));
        bool isTrusted = verifier.Verify(data.SignatureInfo.Type, data.SignedPortion.Span, data.SignatureValue.Span);
        After(Wire.VerifyTime, () => Client.HandleVerified(report.Id, isTrusted, Now));
    }

    private void HandleServer(RiceServerCore server, RiceServerEvent wish)
    {
        switch (wish.Kind)
        {
            case RiceServerEventKind.SignatureNeeded:
                byte[] signature = new byte[_signer.MaxSignatureOctets];
                int length = _signer.Sign(wish.Portion.Span, signature);
                After(Wire.SignTime, () => server.HandleSigned(wish.Id, signature.AsSpan(0, length), Now));
                break;
            case RiceServerEventKind.RunRequested:
                Runs.Add(wish);
                RunOutcome outcome = Functions[wish.Function!.Name](wish);
                After(outcome.Duration, () =>
                {
                    if (outcome.Error is not null)
                    {
                        server.HandleFailed(wish.Id, outcome.Error, Now);
                    }
                    else
                    {
                        server.HandleCompleted(wish.Id, outcome.Result, Now);
                    }
                });
                break;
            default:
                Cancelled.Add(wish.Id);
                break;
        }
    }

    private void SendToServer(ReadOnlyMemory<byte> packet)
    {
        ToServerCount++;
        bool isInterest = packet.Span[0] == TlvType.Interest;
        if (isInterest && !HasRoute)
        {
            After(Wire.Delay, () => Client.HandleNack(packet.Span, NackReason.NoRoute, Now));
            return;
        }

        if (isInterest && HasCache && TryCached(packet, out ReadOnlyMemory<byte> cached))
        {
            After(Wire.Delay, () => Client.HandleData(cached.Span, Now));
            return;
        }

        Carry(packet, OnWayToServer, copy =>
        {
            bool wasOurs = Server is not null && (copy.Span[0] == TlvType.Interest
                ? Server.HandleInterest(copy.Span, Now) : Server.HandleData(copy.Span, Now));
            _ = wasOurs;
        });
    }

    private void SendToClient(ReadOnlyMemory<byte> packet)
    {
        ToClientCount++;
        if (HasCache && packet.Span[0] == TlvType.Data && Data.TryDecode(packet.Span, out Data? data) == TlvStatus.Ok)
        {
            if (!_cache.TryGetValue(data!.Name, out List<ReadOnlyMemory<byte>>? list))
            {
                _cache[data.Name] = list = [];
            }

            list.Add(packet);
        }

        Carry(packet, OnWayToClient, copy =>
        {
            bool wasOurs = copy.Span[0] == TlvType.Interest
                ? Client.HandleInterest(copy.Span, Now) : Client.HandleData(copy.Span, Now);
            _ = wasOurs;
        });
    }

    /// <summary>Empties the content store of segments of results; answers to calls stay.</summary>
    public void ForgetSegments()
    {
        foreach (Name name in _cache.Keys.Where(name => name[^1].Type == TlvType.SegmentNameComponent).ToArray())
        {
            _cache.Remove(name);
        }
    }

    private bool TryCached(ReadOnlyMemory<byte> interestPacket, out ReadOnlyMemory<byte> cached)
    {
        cached = default;
        if (InterestView.TryDecode(interestPacket.Span, out InterestView interest) != TlvStatus.Ok || interest.CanBePrefix
            || !_cache.TryGetValue(interest.Name.ToName(), out List<ReadOnlyMemory<byte>>? list))
        {
            return false;
        }

        foreach (ReadOnlyMemory<byte> packet in list)
        {
            _ = DataView.TryDecode(packet.Span, out DataView data);
            if (!interest.MustBeFresh || data.FreshnessPeriodMs > 0)
            {
                cached = packet;
                return true;
            }
        }

        return false;
    }

    private void Carry(
        ReadOnlyMemory<byte> packet, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>?>? change, Action<ReadOnlyMemory<byte>> deliver)
    {
        int copies = Chance(Wire.DuplicatePercent) ? 2 : 1;
        for (int i = 0; i < copies; i++)
        {
            if (Chance(Wire.LossPercent))
            {
                continue;
            }

            ReadOnlyMemory<byte>? changed = change is null ? packet : change(packet);
            if (changed is ReadOnlyMemory<byte> copy)
            {
                long jitter = Wire.JitterMs == 0 ? 0 : ((IRandomSource)_wireRandom).NextBelow((uint)Wire.JitterMs * 1000);
                After(Wire.Delay + TimeSpan.FromMicroseconds(jitter), () => deliver(copy));
            }
        }
    }

    private bool Chance(int percent) => percent > 0 && ((IRandomSource)_wireRandom).NextBelow(100) < (uint)percent;
}
