using System.Collections.Concurrent;
using Piccolo.Client.Objects;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Security;
using Piccolo.Rice.Client;
using Piccolo.Rice.Messages;
using Piccolo.Sdk.Functions;
using Piccolo.Sdk.Tests.Support;
using Piccolo.Sdk.Trust;

namespace Piccolo.Sdk.Tests;

/// <summary>Callers and hosts at a real forwarder.</summary>
public sealed class FunctionCallTests : IAsyncLifetime
{
    private static readonly Name ReplyPrefix = Name.Parse("/caller");

    private readonly SmallNode _node = new();
    private readonly ConcurrentQueue<string> _runs = new();
    private readonly PiccoloClient _caller;
    private FunctionHost? _host;

    public FunctionCallTests()
    {
        var trust = new PinnedKeys();
        trust.Add(_node.Certificate);
        _caller = _node.Connect(new PiccoloClientOptions { Trust = trust });
    }

    private enum Unit
    {
        Metre,
        Mile,
    }

    private sealed record Place(string Name, double Far, Unit Unit = Unit.Metre);

    private sealed record Stats(int Octets, int Lines);

    public Task InitializeAsync()
    {
        _host = new FunctionHost(_node.Connect(), _node.Signer);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task A_pure_call_runs_once_and_is_answered_by_a_cache_from_then_on()
    {
        await ServeAsync("/fn/twice", FunctionKind.Pure, (int n) => Ran("twice", n * 2));
        InvokeResult first = await CallAsync("/fn/twice", 21);
        InvokeResult second = await CallAsync("/fn/twice", 21);
        InvokeResult other = await CallAsync("/fn/twice", 22);

        Assert.Equal(42L, first.Value);
        Assert.Equal(AnsweredBy.Function, first.Trace.AnsweredBy);
        Assert.False(first.IsFromCache);
        Assert.Contains("/node/KEY/1", first.Signer, StringComparison.Ordinal);
        Assert.Equal(42L, second.Value);
        Assert.True(second.IsFromCache);
        Assert.Equal(44L, other.Value);
        Assert.Equal(2, _runs.Count);
    }

    [Fact]
    public async Task An_opaque_call_runs_for_each_request_and_once_for_each()
    {
        int counter = 0;
        await ServeAsync("/fn/next", FunctionKind.Opaque, () => Interlocked.Increment(ref counter));
        for (long i = 1; i <= 3; i++)
        {
            InvokeResult result = await CallAsync("/fn/next");
            Assert.Equal(i, result.Value);
            Assert.False(result.IsFromCache);
        }

        Assert.Equal(3, counter);
    }

    [Fact]
    public async Task Typed_arguments_and_results_travel()
    {
        await ServeAsync("/fn/place", FunctionKind.Pure, (Place place, string[] tags, Unit unit) =>
            place with { Name = $"{place.Name} {string.Join('+', tags)}", Unit = unit });
        Place back = await _caller.InvokeAsync<Place>("/fn/place", new Place("here", 1.5), new[] { "a", "b" }, Unit.Mile)
            .WaitAsync(Limits.Patience);
        Assert.Equal(new Place("here a+b", 1.5, Unit.Mile), back);
    }

    [Fact]
    public async Task A_result_that_is_not_of_the_wanted_type_is_a_bad_answer()
    {
        await ServeAsync("/fn/text", FunctionKind.Pure, () => "text");
        var error = await Assert.ThrowsAsync<CallException>(() => _caller.InvokeAsync<int>("/fn/text").WaitAsync(Limits.Patience));
        Assert.Equal(PiccoloErrorKind.BadAnswer, error.Kind);
        Assert.Contains("/fn/text", error.Message, StringComparison.Ordinal);
        Assert.Contains("integer", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(2000)]
    [InlineData(2047)]
    [InlineData(2048)]
    [InlineData(2049)]
    [InlineData(3000)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(6001)]
    [InlineData(200_000)]
    public async Task An_argument_of_any_size_arrives_under_the_nodes_own_name(int octets)
    {
        await _node.TellNameAsync();
        await ServeAsync("/fn/stats", FunctionKind.Pure, (byte[] text) => new Stats(text.Length, text.Count(o => o == '\n')));
        byte[] text = TextOf(octets);
        Stats stats = await _caller.InvokeAsync<Stats>("/fn/stats", text).WaitAsync(Limits.Patience);
        Assert.Equal(new Stats(octets, text.Count(o => o == '\n')), stats);
    }

    [Theory]
    [InlineData(1, 4000)]
    [InlineData(3, 2000)]
    [InlineData(4, 2000)]
    [InlineData(8, 1500)]
    [InlineData(2, 60_000)]
    public async Task Several_arguments_together_arrive_under_a_prefix_of_the_caller(int count, int octets)
    {
        Delegate sum = (byte[][] first, byte[] a, byte[] b, byte[] c, byte[] d, byte[] e, byte[] f, byte[] g) =>
            first.Sum(o => o.Length) + a.Length + b.Length + c.Length + d.Length + e.Length + f.Length + g.Length;
        await ServeAsync("/fn/sum", FunctionKind.Opaque, sum);
        byte[] part = TextOf(octets);
        CallValue[] values =
        [
            new(null, new[] { part }),
            .. Enumerable.Range(1, 7).Select(i => new CallValue(null, i < count ? part : Array.Empty<byte>())),
        ];
        InvokeResult result = await _caller.InvokeAsync(Name.Parse("/fn/sum"), values, new InvokeOptions { ReplyPrefix = ReplyPrefix })
            .WaitAsync(Limits.Patience);
        Assert.Equal((long)count * octets, result.Value);
    }

    [Fact]
    public async Task A_large_argument_without_any_reply_prefix_is_a_clear_error()
    {
        await ServeAsync("/fn/length", FunctionKind.Pure, (byte[] text) => text.Length);
        var error = await Assert.ThrowsAsync<PiccoloException>(() => CallAsync("/fn/length", TextOf(10_000)));
        Assert.Equal(PiccoloErrorKind.NoRoute, error.Kind);
        Assert.Contains("prefix", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_prefix_whose_registration_was_refused_is_registered_again()
    {
        await ServeAsync("/fn/length", FunctionKind.Pure, (byte[] text) => text.Length);
        var tooDeep = Name.Parse("/" + string.Join('/', Enumerable.Range(0, 60)));
        for (int i = 0; i < 2; i++)
        {
            var error = await Assert.ThrowsAsync<PiccoloException>(() => _caller.InvokeAsync(
                Name.Parse("/fn/length"), [new CallValue(null, TextOf(10_000))], new InvokeOptions { ReplyPrefix = tooDeep })
                .WaitAsync(Limits.Patience));
            Assert.Equal(PiccoloErrorKind.Refused, error.Kind);
        }
    }

    [Fact]
    public async Task A_large_result_arrives()
    {
        await ServeAsync("/fn/make", FunctionKind.Pure, (int n) => TextOf(n));
        Assert.Equal(TextOf(300_000), await _caller.InvokeAsync<byte[]>("/fn/make", 300_000).WaitAsync(Limits.Patience));
    }

    [Fact]
    public async Task What_the_function_throws_is_told()
    {
        await ServeAsync("/fn/fail", FunctionKind.Pure, int (string why) => throw new InvalidOperationException(why));
        CallException error = await FailureOf("/fn/fail", "because");
        Assert.Equal(CallErrorCode.FunctionFailed, error.Error.Code);
        Assert.Equal("/fn/fail failed: because", error.Message);

        await ServeAsync("/fn/even", FunctionKind.Pure, (int n) =>
            n % 2 == 0 ? n : throw new FunctionArgumentException("n", "must be even"));
        error = await FailureOf("/fn/even", 3);
        Assert.Equal((CallErrorCode.BadArguments, "n"), (error.Error.Code, error.Error.ArgumentName));
        Assert.Equal("/fn/even: the argument 'n' must be even", error.Message);
        Assert.Equal(4L, (await CallAsync("/fn/even", 4)).Value);
    }

    [Fact]
    public async Task Wrong_arguments_are_named()
    {
        await ServeAsync("/fn/add", FunctionKind.Pure, (int a, int b = 10) => a + b);
        Assert.Equal(11L, (await CallAsync("/fn/add", 1)).Value);
        Assert.Equal("a", (await FailureOf("/fn/add")).Error.ArgumentName);
        CallException missing = await FailureOf("/fn/add");
        Assert.Contains("missing", missing.Message, StringComparison.Ordinal);
        Assert.Equal("b", (await FailureOf("/fn/add", 1, "two")).Error.ArgumentName);
        Assert.Equal(CallErrorCode.BadArguments, (await FailureOf("/fn/add", 1, 2, 3)).Error.Code);
    }

    [Fact]
    public async Task An_unknown_function_is_told_at_once()
    {
        CallException nowhere = await FailureOf("/fn/nowhere");
        Assert.Equal(CallErrorCode.NoRoute, nowhere.Error.Code);
        Assert.Contains("/fn/nowhere", nowhere.Message, StringComparison.Ordinal);

        await ServeAsync("/fn", FunctionKind.Pure, () => 1);
        CallException unknown = await FailureOf("/fn/else");
        Assert.Equal(CallErrorCode.UnknownFunction, unknown.Error.Code);
        Assert.Contains("/fn/else", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_of_a_key_that_is_not_trusted_is_not_verified()
    {
        await ServeAsync("/fn/one", FunctionKind.Pure, () => 1);
        PiccoloClient stranger = _node.Connect();
        var error = await Assert.ThrowsAsync<CallException>(() => stranger.InvokeAsync<int>("/fn/one").WaitAsync(Limits.Patience));
        Assert.Equal(PiccoloErrorKind.NotVerified, error.Kind);
        Assert.Equal(CallErrorCode.NotVerified, error.Error.Code);
        Assert.Contains("/node/KEY/1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_that_carries_only_a_digest_is_not_verified()
    {
        var host = new FunctionHost(_node.Connect(), DigestSha256Signer.Instance);
        await host.ServeAsync(FunctionDefinition.FromDelegate(Name.Parse("/fn/digest"), FunctionKind.Pure, () => 1));
        Assert.Equal(CallErrorCode.NotVerified, (await FailureOf("/fn/digest")).Error.Code);
    }

    [Fact]
    public async Task An_hmac_of_a_shared_secret_is_verified()
    {
        byte[] secret = new byte[32];
        secret[5] = 9;
        var keyName = Name.Parse("/shared/KEY/hmac");
        var trust = new PinnedKeys();
        trust.Add(keyName, new HmacVerifier(secret));
        var host = new FunctionHost(_node.Connect(), new HmacSigner(secret, new KeyLocator(keyName)));
        await host.ServeAsync(FunctionDefinition.FromDelegate(Name.Parse("/fn/hmac"), FunctionKind.Opaque, () => 5));
        InvokeResult result = await _caller.InvokeAsync(Name.Parse("/fn/hmac"), [], new InvokeOptions { Trust = trust })
            .WaitAsync(Limits.Patience);
        Assert.Equal(5L, result.Value);
    }

    [Fact]
    public async Task A_function_describes_itself()
    {
        await ServeAsync("/fn/add", FunctionKind.Opaque, (int a, string b = "x") => a + b);
        FunctionDescriptor descriptor = await _caller.DescribeAsync(Name.Parse("/fn/add")).WaitAsync(Limits.Patience);
        Assert.Equal(FunctionKind.Opaque, descriptor.Kind);
        Assert.Equal([("a", false), ("b", true)], descriptor.Parameters.Select(p => (p.Name, p.IsOptional)));
        Assert.Equal(ValueKind.Text, descriptor.ResultType);
        var error = await Assert.ThrowsAsync<CallException>(
            () => _caller.DescribeAsync(Name.Parse("/fn/none")).WaitAsync(Limits.Patience));
        Assert.Equal(PiccoloErrorKind.NoRoute, error.Kind);
    }

    [Fact]
    public async Task A_withdrawn_function_is_served_no_longer()
    {
        await ServeAsync("/fn/gone", FunctionKind.Opaque, () => 1);
        await ServeAsync("/fn/stays", FunctionKind.Opaque, () => 2);
        Assert.Equal(["/fn/gone", "/fn/stays"], _host!.Functions.Select(f => f.Name.ToString()).Order(StringComparer.Ordinal));
        Assert.True(await _host.WithdrawAsync(Name.Parse("/fn/gone")));
        Assert.False(await _host.WithdrawAsync(Name.Parse("/fn/gone")));
        Assert.Equal("/fn/stays", Assert.Single(_host.Functions).Name.ToString());
        Assert.Equal(CallErrorCode.NoRoute, (await FailureOf("/fn/gone")).Error.Code);
        Assert.Equal(2L, (await CallAsync("/fn/stays")).Value);
    }

    [Fact]
    public async Task A_call_that_is_given_up_ends_at_once()
    {
        var begun = new TaskCompletionSource();
        var never = new TaskCompletionSource<int>();
        await ServeAsync("/fn/slow", FunctionKind.Opaque, () =>
        {
            begun.SetResult();
            return never.Task;
        });
        using var cancellation = new CancellationTokenSource();
        Task<InvokeResult> call = _caller.InvokeAsync(Name.Parse("/fn/slow"), [], null, cancellation.Token);
        await begun.Task.WaitAsync(Limits.Patience);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Limits.Patience));
        never.SetResult(1);
    }

    [Fact]
    public async Task An_object_of_a_megabyte_is_published_and_fetched()
    {
        byte[] content = TextOf(1 << 20);
        PiccoloClient publisher = _node.Connect();
        Publication publication = await publisher.PublishAsync(
            Name.Parse("/object"), content, new PublishOptions { Signer = _node.Signer }).WaitAsync(Limits.Patience);
        Assert.Equal(((1ul << 20) + 7999) / 8000, publication.SegmentCount);

        FetchedObject newest = await _caller.FetchAsync(Name.Parse("/object")).WaitAsync(Limits.Patience);
        Assert.Equal(publication.VersionedName, newest.Name);
        Assert.Equal(content, newest.Content);
        FetchedObject versioned = await _caller.FetchAsync(publication.VersionedName).WaitAsync(Limits.Patience);
        Assert.Equal(content, versioned.Content);

        await publication.DisposeAsync();
        PiccoloClient late = _node.Connect();
        var error = await Assert.ThrowsAnyAsync<PiccoloException>(
            () => late.FetchAsync(Name.Parse("/object/other")).WaitAsync(Limits.Patience));
        Assert.Equal(PiccoloErrorKind.NoRoute, error.Kind);
    }

    private static byte[] TextOf(int octets)
    {
        byte[] text = new byte[octets];
        for (int i = 0; i < octets; i++)
        {
            text[i] = i % 61 == 60 ? (byte)'\n' : (byte)('a' + (i * 7 % 26));
        }

        return text;
    }

    private T Ran<T>(string what, T result)
    {
        _runs.Enqueue(what);
        return result;
    }

    private Task ServeAsync(string name, FunctionKind kind, Delegate method) =>
        _host!.ServeAsync(FunctionDefinition.FromDelegate(Name.Parse(name), kind, method)).WaitAsync(Limits.Patience);

    private Task<InvokeResult> CallAsync(string function, params object?[] arguments) =>
        _caller.InvokeAsync(Name.Parse(function), [.. arguments.Select(a => new CallValue(null, a))]).WaitAsync(Limits.Patience);

    private Task<CallException> FailureOf(string function, params object?[] arguments) =>
        Assert.ThrowsAsync<CallException>(() => CallAsync(function, arguments));
}
