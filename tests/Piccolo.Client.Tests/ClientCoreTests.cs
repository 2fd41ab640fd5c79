using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;
using Piccolo.TestKit;

namespace Piccolo.Client.Tests;

public sealed class ClientCoreTests : IDisposable
{
    private static readonly Name A = Name.Parse("/a");

    private readonly FramePool _pool = new();
    private readonly ClientCore _core;

    public ClientCoreTests() => _core = new ClientCore(new ClientOptions(), _pool, new XoshiroRandomSource(1));

    public void Dispose()
    {
        _core.Dispose();
        Assert.Equal(0, _pool.Outstanding);
    }

    [Fact]
    public void Data_matches_pending_interests_as_the_vectors_say()
    {
        int matched = 0;
        IReadOnlyList<JsonElement> vectors = Vectors.Load("matching.json");
        foreach (JsonElement vector in vectors)
        {
            Assert.Equal(TlvStatus.Ok, Interest.TryDecode(vector.Octets("interest"), out Interest? interest));
            ulong id = _core.Express(interest!, ExpressPolicy.Once, Instant.Zero);
            _core.HandleFrame(vector.Octets("data"), Instant.Zero);
            bool matches = vector.GetProperty("matches").GetBoolean();
            Assert.True(_core.TryTakeEvent(out ClientEvent answer) == matches, vector.Text("id"));
            matched += matches ? 1 : 0;
            Assert.Equal(matches ? id : 0, answer.Id);
            Assert.Equal(!matches, _core.Cancel(id));
        }

        Assert.InRange(matched, 1, vectors.Count - 1);
        TakeFrames();
    }

    [Fact]
    public void One_data_satisfies_every_interest_that_it_matches()
    {
        Data data = MakeData("/a/b");
        ulong exact = Express(new Interest { Name = data.Name });
        ulong again = Express(new Interest { Name = data.Name });
        ulong prefix = Express(new Interest { Name = A, CanBePrefix = true });
        ulong full = Express(new Interest { Name = data.FullName });
        Express(new Interest { Name = A });
        Express(new Interest { Name = MakeData("/a/b", 1).FullName });
        _core.HandleFrame(data.Wire.Span, Instant.Zero);
        List<ulong> answered = [];
        while (_core.TryTakeEvent(out ClientEvent answer))
        {
            Assert.Equal(ClientEventKind.DataReceived, answer.Kind);
            answered.Add(answer.Id);
        }

        Assert.Equal([exact, again, prefix, full], answered.Order());
        Assert.Equal(2, _core.PendingCount);
        _core.HandleFrame(data.Wire.Span, Instant.Zero);
        Assert.Equal(1UL, _core.Counters.UnsolicitedData);
    }

    [Fact]
    public void Interest_is_sent_again_with_other_nonces_and_then_times_out()
    {
        var policy = new ExpressPolicy { RetransmissionsMax = 2 };
        ulong id = _core.Express(new Interest { Name = A, LifetimeMs = 3000 }, policy, Instant.Zero);
        List<long> sentAtMs = [];
        HashSet<uint> nonces = [];
        Instant now = Instant.Zero;
        while (now != Instant.Never)
        {
            _core.HandleTimeout(now);
            foreach (byte[] frame in TakeFrames())
            {
                Assert.Equal(TlvStatus.Ok, InterestView.TryDecode(frame, out InterestView view));
                Assert.True(view.HasNonce);
                nonces.Add(view.Nonce);
                sentAtMs.Add(now.Milliseconds);
            }

            now = _core.NextTimeout;
        }

        Assert.Equal([0L, 1000, 3000], sentAtMs);
        Assert.Equal(3, nonces.Count);
        Assert.True(_core.TryTakeEvent(out ClientEvent ended));
        Assert.Equal((ClientEventKind.TimedOut, id), (ended.Kind, ended.Id));
        Assert.False(_core.TryTakeEvent(out _));
        Assert.Equal(0, _core.PendingCount);
    }

    [Fact]
    public void Congestion_mark_is_told_with_the_data()
    {
        Express(new Interest { Name = A });
        Data data = MakeData("/a");
        _core.HandleFrame(Frame(new LpHeaders { CongestionMark = 1 }, data.Wire), Instant.Zero);
        Assert.True(_core.TryTakeEvent(out ClientEvent answer));
        Assert.Equal(1UL, answer.CongestionMark);
    }

    [Fact]
    public void Nack_ends_the_interest_with_its_last_nonce_only()
    {
        ulong id = _core.Express(new Interest { Name = A, Nonce = 7 }, ExpressPolicy.Once, Instant.Zero);
        byte[] sent = Assert.Single(TakeFrames());
        byte[] stranger = new Interest { Name = A, Nonce = 8 }.Encode();
        var nack = new LpHeaders { IsNack = true, NackReason = NackReason.NoRoute };
        _core.HandleFrame(Frame(nack, stranger), Instant.Zero);
        Assert.False(_core.TryTakeEvent(out _));
        Assert.Equal(1UL, _core.Counters.UnsolicitedNacks);
        _core.HandleFrame(Frame(nack, sent), Instant.Zero);
        Assert.True(_core.TryTakeEvent(out ClientEvent refused));
        Assert.Equal((ClientEventKind.Nacked, id, NackReason.NoRoute), (refused.Kind, refused.Id, refused.NackReason));
        Assert.Equal(Instant.Never, _core.NextTimeout);
    }

    [Fact]
    public void Nack_for_congestion_is_not_the_end_while_tries_are_left()
    {
        var policy = new ExpressPolicy { RetransmissionsMax = 1 };
        _core.Express(new Interest { Name = A }, policy, Instant.Zero);
        var nack = new LpHeaders { IsNack = true, NackReason = NackReason.Congestion };
        _core.HandleFrame(Frame(nack, Assert.Single(TakeFrames())), Instant.Zero);
        Assert.False(_core.TryTakeEvent(out _));
        _core.HandleTimeout(Instant.FromMilliseconds(1000));
        _core.HandleFrame(Frame(nack, Assert.Single(TakeFrames())), Instant.FromMilliseconds(1000));
        Assert.True(_core.TryTakeEvent(out ClientEvent refused));
        Assert.Equal(NackReason.Congestion, refused.NackReason);
    }

    [Fact]
    public void Nack_ends_what_was_sent_before_the_refused_nonce_with_it()
    {
        Express(new Interest { Name = A, Nonce = 1 });
        Express(new Interest { Name = A, Nonce = 2 });
        Express(new Interest { Name = A, Nonce = 3 });
        byte[] second = new Interest { Name = A, Nonce = 2 }.Encode();
        _core.HandleFrame(Frame(new LpHeaders { IsNack = true }, second), Instant.Zero);
        Assert.Equal(2UL, _core.Counters.Nacked);
        Assert.Equal(1, _core.PendingCount);
    }

    [Fact]
    public void Pending_table_that_is_full_refuses_and_counts()
    {
        using var core = new ClientCore(new ClientOptions { PendingMax = 1 }, _pool, new XoshiroRandomSource(1));
        Assert.NotEqual(0UL, core.Express(new Interest { Name = A }, ExpressPolicy.Once, Instant.Zero));
        Assert.Equal(0UL, core.Express(new Interest { Name = A }, ExpressPolicy.Once, Instant.Zero));
        Assert.Equal(1UL, core.Counters.PendingFull);
    }

    [Fact]
    public void Interest_goes_to_the_longest_registration_and_its_answer_carries_the_token()
    {
        ulong shorter = _core.Register(A);
        ulong longer = _core.Register(Name.Parse("/a/b"));
        var token = new PitToken([1, 2, 3]);
        ClientEvent request = Receive(new Interest { Name = Name.Parse("/a/b/c"), Nonce = 1 }, token);
        Assert.Equal(longer, request.RegistrationId);
        Assert.True(_core.Unregister(longer));
        Assert.Equal(shorter, Receive(new Interest { Name = Name.Parse("/a/b/d"), Nonce = 2 }, token).RegistrationId);
        _core.HandleFrame(new Interest { Name = Name.Parse("/b"), Nonce = 3 }.Encode(), Instant.Zero);
        Assert.Equal(1UL, _core.Counters.InterestsUnserved);

        Data data = MakeData("/a/b/c");
        Assert.Equal(ReplyStatus.NotData, _core.Reply(request.ReplyToken, [1, 2], Instant.Zero));
        Assert.Equal(ReplyStatus.DoesNotMatch, _core.Reply(request.ReplyToken, MakeData("/x").Wire.Span, Instant.Zero));
        Assert.Equal(ReplyStatus.Sent, _core.Reply(request.ReplyToken, data.Wire.Span, Instant.Zero));
        Assert.Equal(ReplyStatus.UnknownToken, _core.Reply(request.ReplyToken, data.Wire.Span, Instant.Zero));
        byte[] frame = Assert.Single(TakeFrames());
        Assert.Equal(TlvStatus.Ok, LpPacketView.TryDecode(frame, out LpPacketView view));
        Assert.Equal(token, view.Headers.PitToken);
        Assert.True(view.Fragment.SequenceEqual(data.Wire.Span));
    }

    [Fact]
    public void Interest_that_is_refused_goes_back_as_a_nack_with_its_token()
    {
        _core.Register(A);
        var token = new PitToken([9]);
        ClientEvent request = Receive(new Interest { Name = A, Nonce = 1 }, token);
        Assert.True(_core.Reject(request.ReplyToken, NackReason.Congestion, Instant.Zero));
        Assert.False(_core.Reject(request.ReplyToken, NackReason.Congestion, Instant.Zero));
        Assert.Equal(TlvStatus.Ok, LpPacketView.TryDecode(Assert.Single(TakeFrames()), out LpPacketView view));
        Assert.True(view.Headers.IsNack);
        Assert.Equal(NackReason.Congestion, view.Headers.NackReason);
        Assert.Equal(token, view.Headers.PitToken);
    }

    [Fact]
    public void Put_answers_each_token_once()
    {
        _core.Register(A);
        Receive(new Interest { Name = A, Nonce = 1 }, new PitToken([1]));
        Receive(new Interest { Name = A, Nonce = 2 }, new PitToken([1]));
        Receive(new Interest { Name = A, CanBePrefix = true, Nonce = 3 }, new PitToken([2]));
        Receive(new Interest { Name = A.Append("b"), Nonce = 4 }, new PitToken([3]));
        Assert.Equal(3, _core.Put(MakeData("/a").Wire.Span, Instant.Zero));
        Assert.Equal(2, TakeFrames().Count);
        Assert.Equal(1, _core.IncomingCount);
    }

    [Fact]
    public void Interest_of_a_peer_is_over_after_its_lifetime()
    {
        _core.Register(A);
        ClientEvent request = Receive(new Interest { Name = A, Nonce = 1, LifetimeMs = 500 }, default);
        Assert.Equal(Instant.FromMilliseconds(500), _core.NextTimeout);
        _core.HandleTimeout(Instant.FromMilliseconds(500));
        Assert.Equal(1UL, _core.Counters.IncomingExpired);
        Assert.Equal(ReplyStatus.UnknownToken, _core.Reply(request.ReplyToken, MakeData("/a").Wire.Span, default));
    }

    [Fact]
    public void Incoming_table_that_is_full_drops_and_counts()
    {
        using var core = new ClientCore(new ClientOptions { IncomingMax = 1 }, _pool, new XoshiroRandomSource(1));
        core.Register(A);
        core.HandleFrame(new Interest { Name = A, Nonce = 1 }.Encode(), Instant.Zero);
        core.HandleFrame(new Interest { Name = A, Nonce = 2 }.Encode(), Instant.Zero);
        Assert.Equal(1UL, core.Counters.IncomingFull);
        Assert.Equal(1, core.IncomingCount);
    }

    [Fact]
    public void Garbage_never_throws_and_never_answers()
    {
        _core.Register(Name.Root);
        Express(new Interest { Name = Name.Parse("/far-from-what-comes"), CanBePrefix = true });
        byte[] valid = Frame(new LpHeaders { CongestionMark = 1 }, MakeData("/b/c").Wire);
        Prop.ForAll<byte[], int>((noise, at) =>
        {
            _core.HandleFrame(noise, Instant.Zero);
            byte[] damaged = [.. valid];
            damaged[(int)((uint)at % (uint)damaged.Length)] ^= (byte)(noise.Length + 1);
            _core.HandleFrame(damaged, Instant.Zero);
            foreach (byte type in (byte[])[5, 6, 100])
            {
                _core.HandleFrame([type, (byte)Math.Min(noise.Length, 252), .. noise.Take(252)], Instant.Zero);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(1234567, 7654321));
        Assert.True(_core.Counters.InvalidFrames > 100);
        Assert.True(_core.Counters.InvalidPackets > 0);
        Assert.Equal(0UL, _core.Counters.Satisfied);
    }

    [Fact]
    public void Malformed_vectors_are_counted_and_hand_nothing_up()
    {
        _core.Register(Name.Root);
        int fed = 0;
        foreach (JsonElement vector in Vectors.Load("malformed.json"))
        {
            if (vector.Text("wire") is { } wire && vector.Text("kind") != "name")
            {
                fed++;
                _core.HandleFrame(Convert.FromHexString(wire), Instant.Zero);
                Assert.False(_core.TryTakeEvent(out _), vector.Text("id"));
            }
        }

        Assert.True(fed > 20, "too few vectors to believe the result");
    }

    private ulong Express(Interest interest) => _core.Express(interest, ExpressPolicy.Once, Instant.Zero);

    private ClientEvent Receive(Interest interest, PitToken token)
    {
        _core.HandleFrame(Frame(new LpHeaders { PitToken = token }, interest.Encode()), Instant.Zero);
        Assert.True(_core.TryTakeEvent(out ClientEvent request));
        Assert.Equal(ClientEventKind.InterestReceived, request.Kind);
        return request;
    }

    private List<byte[]> TakeFrames()
    {
        List<byte[]> frames = [];
        while (_core.TryTakeTransmit(out FrameLease? lease))
        {
            frames.Add(lease.Span.ToArray());
            lease.Dispose();
        }

        return frames;
    }

    private static byte[] Frame(LpHeaders headers, ReadOnlyMemory<byte> packet) =>
        new LpPacket { Headers = headers, Fragment = packet.Span }.Encode();

    private static Data MakeData(string name, byte content = 0) =>
        Data.Create(Name.Parse(name), new[] { content }, DigestSha256Signer.Instance);
}
