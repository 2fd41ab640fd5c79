using System.Text;
using Piccolo.Client.Objects;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Sdk.Tests.Support;

namespace Piccolo.Sdk.Tests;

/// <summary>A client and a peer that is a script, on a link that delivers at once.</summary>
public sealed class ClientPacketTests
{
    private static readonly Name Asked = Name.Parse("/asked/for");

    private readonly ManualTime _time = new();

    [Fact]
    public async Task An_answer_completes_the_wait_with_data_and_round_trip()
    {
        var peer = new ScriptedPeer(_time);
        Task<DataAnswer> wait = peer.Client.ExpressAsync(new Interest { Name = Asked });
        Assert.False(wait.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(20));
        peer.Send(DataOf(Asked, "content"));
        DataAnswer answer = await wait.WaitAsync(Limits.Patience);
        Assert.Equal("content", Encoding.UTF8.GetString(answer.Data.Content.Span));
        Assert.Equal(TimeSpan.FromMilliseconds(20), answer.RoundTrip);
        Assert.Equal(0, peer.Client.WaitCount);
    }

    [Fact]
    public async Task An_answer_that_comes_while_the_interest_is_being_sent_is_taken_and_nothing_is_sent_twice()
    {
        var peer = new ScriptedPeer(_time) { Answer = interest => DataOf(interest.Name, "at once") };
        DataAnswer answer = await peer.Client.ExpressAsync(new Interest { Name = Asked }).WaitAsync(Limits.Patience);
        Assert.Equal("at once", Encoding.UTF8.GetString(answer.Data.Content.Span));
        Assert.Single(peer.Interests);
    }

    [Fact]
    public async Task An_object_is_fetched_from_a_peer_that_answers_inside_of_each_sending()
    {
        byte[] content = new byte[50_000];
        new Random(3).NextBytes(content);
        var store = new SegmentStore(new SegmentStoreOptions());
        store.Publish(Asked, 1, content, new PublishOptions { Signer = DigestSha256Signer.Instance, SegmentOctets = 500 });
        var peer = new ScriptedPeer(_time) { Answer = interest => AnswerOf(store, interest) };
        FetchedObject fetched = await peer.Client.FetchAsync(Asked).WaitAsync(Limits.Patience);
        Assert.Equal(content, fetched.Content);
        Assert.Equal(peer.Interests.Count, peer.Interests.Select(interest => interest.Name.ToString()).Distinct().Count());
        Assert.Equal(0, peer.Client.WaitCount);
    }

    [Theory]
    [InlineData(NackReason.NoRoute, PiccoloErrorKind.NoRoute)]
    [InlineData(NackReason.Congestion, PiccoloErrorKind.Nacked)]
    [InlineData(NackReason.Duplicate, PiccoloErrorKind.Nacked)]
    public async Task A_nack_ends_the_wait_with_its_reason(NackReason reason, PiccoloErrorKind kind)
    {
        var peer = new ScriptedPeer(_time);
        Task<DataAnswer> wait = peer.Client.ExpressAsync(new Interest { Name = Asked });
        peer.Send(ScriptedPeer.NackOf(peer.Interests[0], reason));
        PiccoloException error = await FailureOf(wait);
        Assert.Equal(kind, error.Kind);
        Assert.Contains("/asked/for", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, peer.Client.WaitCount);
    }

    [Fact]
    public async Task A_timeout_comes_when_the_lifetime_is_over_and_not_before()
    {
        var peer = new ScriptedPeer(_time);
        Task<DataAnswer> wait = peer.Client.ExpressAsync(new Interest { Name = Asked, LifetimeMs = 500 });
        _time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(wait.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(2));
        PiccoloException error = await FailureOf(wait);
        Assert.Equal(PiccoloErrorKind.Timeout, error.Kind);
        Assert.Contains("/asked/for", error.Message, StringComparison.Ordinal);
        Assert.Single(peer.Interests);
    }

    [Fact]
    public async Task A_persistent_interest_is_sent_again_with_another_nonce()
    {
        var peer = new ScriptedPeer(_time);
        Task<DataAnswer> wait = peer.Client.ExpressAsync(new Interest { Name = Asked, LifetimeMs = 500 }, ExpressOptions.Persistent);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(PiccoloErrorKind.Timeout, (await FailureOf(wait)).Kind);
        Assert.Equal(4, peer.Interests.Count);
        Assert.Equal(4, peer.Interests.Select(interest => interest.Nonce).Distinct().Count());
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_ends_at_once_and_leaves_nothing_behind()
    {
        var peer = new ScriptedPeer(_time);
        using var cancellation = new CancellationTokenSource();
        Task<DataAnswer> wait = peer.Client.ExpressAsync(new Interest { Name = Asked }, null, cancellation.Token);
        Assert.Equal(1, peer.Client.WaitCount);
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => wait.WaitAsync(Limits.Patience));
        Assert.Equal(0, peer.Client.WaitCount);

        peer.Send(DataOf(Asked, "too late"));
        _time.Advance(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAsync<TaskCanceledException>(
            () => peer.Client.ExpressAsync(new Interest { Name = Asked }, null, cancellation.Token).WaitAsync(Limits.Patience));
        Assert.Equal(0, peer.Client.WaitCount);
    }

    [Fact]
    public async Task A_fetch_that_is_cancelled_ends_at_once_and_leaves_nothing_behind()
    {
        var peer = new ScriptedPeer(_time);
        using var cancellation = new CancellationTokenSource();
        Task<FetchedObject> wait = peer.Client.FetchAsync(Asked, null, null, cancellation.Token);
        Assert.NotEmpty(peer.Interests);
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => wait.WaitAsync(Limits.Patience));
        Assert.Equal(0, peer.Client.WaitCount);
    }

    [Fact]
    public async Task The_end_of_the_connection_ends_every_wait()
    {
        var peer = new ScriptedPeer(_time);
        Task<DataAnswer> answer = peer.Client.ExpressAsync(new Interest { Name = Asked });
        Task<FetchedObject> fetch = peer.Client.FetchAsync(Asked);
        Task<int> call = peer.Client.InvokeAsync<int>("/fn");
        peer.Close();
        await peer.Client.Closed.WaitAsync(Limits.Patience);
        foreach (Task wait in new Task[] { answer, fetch, call })
        {
            PiccoloException error = await FailureOf(wait);
            Assert.Equal(PiccoloErrorKind.Disconnected, error.Kind);
        }

        PiccoloException late = await FailureOf(peer.Client.ExpressAsync(new Interest { Name = Asked }));
        Assert.Equal(PiccoloErrorKind.Disconnected, late.Kind);
        await peer.Client.DisposeAsync();
    }

    [Fact]
    public async Task A_client_that_is_disposed_ends_its_waits_and_its_handlers()
    {
        var peer = new ScriptedPeer(_time) { Answer = AcceptCommands };
        var begun = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        await peer.Client.ServeAsync(Asked, async (_, stop) =>
        {
            stop.Register(() => ended.TrySetResult());
            begun.SetResult();
            await ended.Task;
            stop.ThrowIfCancellationRequested();
            return null;
        });
        peer.Send(new Interest { Name = Asked.Append("x"), Nonce = 7 }.Encode());
        await begun.Task.WaitAsync(Limits.Patience);
        Task<DataAnswer> wait = peer.Client.ExpressAsync(new Interest { Name = Name.Parse("/other") });
        await peer.Client.DisposeAsync().AsTask().WaitAsync(Limits.Patience);
        await ended.Task.WaitAsync(Limits.Patience);
        Assert.Equal(PiccoloErrorKind.Disconnected, (await FailureOf(wait)).Kind);
    }

    [Fact]
    public async Task A_served_prefix_is_registered_answered_and_unregistered()
    {
        var scheduler = new StepScheduler();
        var peer = new ScriptedPeer(_time, new PiccoloClientOptions { Scheduler = scheduler }) { Answer = AcceptCommands };
        List<Exception> failures = [];
        peer.Client.HandlerFailed = failures.Add;
        PrefixRegistration registration = await peer.Client.ServeAsync(Asked, (interest, _) => interest.Name[^1].ToString() switch
        {
            "good" => ValueTask.FromResult<Data?>(Data.Create(
                new DataFields { Name = interest.Name, Content = "yes"u8.ToArray() }, DigestSha256Signer.Instance)),
            "bad" => throw new InvalidOperationException("bad one"),
            _ => ValueTask.FromResult<Data?>(null),
        }).WaitAsync(Limits.Patience);
        Assert.StartsWith("/localhost/nfd/rib/register/", peer.Interests[0].Name.ToString(), StringComparison.Ordinal);

        foreach (string last in new[] { "good", "bad", "silent" })
        {
            peer.Send(new Interest { Name = Asked.Append(last), Nonce = 7 }.Encode());
        }

        Assert.Empty(peer.Datas);
        scheduler.RunAll();
        Data data = Assert.Single(peer.Datas);
        Assert.Equal(Asked.Append("good"), data.Name);
        Assert.Equal("bad one", Assert.Single(failures).Message);

        await registration.DisposeAsync().AsTask().WaitAsync(Limits.Patience);
        Assert.StartsWith("/localhost/nfd/rib/unregister/", peer.Interests[^1].Name.ToString(), StringComparison.Ordinal);
        peer.Send(new Interest { Name = Asked.Append("good"), Nonce = 8 }.Encode());
        scheduler.RunAll();
        Assert.Single(peer.Datas);
    }

    [Fact]
    public async Task A_refused_registration_serves_nothing()
    {
        var peer = new ScriptedPeer(_time) { Answer = interest => Reply(interest, 403, "not you") };
        PiccoloException error = await FailureOf(peer.Client.ServeAsync(Asked, (_, _) => throw new InvalidOperationException("served")));
        Assert.Equal(PiccoloErrorKind.Refused, error.Kind);
        Assert.Contains("403 not you", error.Message, StringComparison.Ordinal);
        Assert.Contains("/asked/for", error.Message, StringComparison.Ordinal);
    }

    private static async Task<PiccoloException> FailureOf(Task wait) =>
        await Assert.ThrowsAnyAsync<PiccoloException>(() => wait.WaitAsync(Limits.Patience));

    private static byte[] DataOf(Name name, string content) => Data.Create(
        new DataFields { Name = name, Content = Encoding.UTF8.GetBytes(content) }, DigestSha256Signer.Instance).Wire.ToArray();

    private static byte[]? AcceptCommands(Interest interest) =>
        interest.Name.ToString().StartsWith("/localhost/nfd/", StringComparison.Ordinal) ? Reply(interest, 200, "OK") : null;

    private static byte[] Reply(Interest command, ulong code, string text) => Data.Create(
        new DataFields
        {
            Name = command.Name,
            Content = new Ndn.Management.ControlResponse(code, text).Encode(),
        },
        DigestSha256Signer.Instance).Wire.ToArray();

    private static byte[]? AnswerOf(SegmentStore store, Interest interest)
    {
        store.HandleInterest(1, interest, default);
        return store.TryTakeAnswer(out StoreAnswer answer) ? answer.Data.ToArray() : null;
    }
}
