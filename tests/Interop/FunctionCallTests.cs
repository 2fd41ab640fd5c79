namespace Piccolo.Interop.Tests;

/// <summary>The sample of samples/ndnts-client calls functions of a real node.</summary>
public sealed class FunctionCallTests
{
    [NdntsSampleFact]
    public async Task A_short_result_comes_inline()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "samples");
        ProgramResult call = (await CallAsync(node, node.Unix, "/sample/text/wordcount", "--text", "one two\nthree\n")).MustSucceed();

        Assert.Equal(2, call.Json.GetProperty("lines").GetInt32());
        Assert.Equal(3, call.Json.GetProperty("words").GetInt32());
        Assert.Equal(14, call.Json.GetProperty("bytes").GetInt32());
        Assert.Contains("result: inline", call.Errors, StringComparison.Ordinal);
    }

    [NdntsSampleFact]
    public async Task A_call_over_udp_has_the_same_name_as_one_by_pcl_invoke()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "samples");
        (await CallAsync(node, node.Udp, "/sample/text/wordcount", "--text", "one two")).MustSucceed();
        ProgramResult own = (await node.InvokeAsync("/sample/text/wordcount", "--text", "one two", "--json")).MustSucceed();

        Assert.Equal("cache", own.Json.GetProperty("answeredBy").GetString());
    }

    [NdntsSampleFact]
    public async Task A_long_result_comes_in_segments()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "samples");
        ProgramResult call = (await CallAsync(node, node.Tcp, "/sample/number/primes", "--int", "100000")).MustSucceed();
        int[] primes = [.. call.Json.EnumerateArray().Select(p => p.GetInt32())];

        Assert.Equal(9592, primes.Length);
        Assert.Equal([2, 3, 5, 7, 11], primes[..5]);
        Assert.Equal(99_991, primes[^1]);
        Assert.Contains(" segments, ", call.Errors, StringComparison.Ordinal);
    }

    [NdntsSampleFact]
    public async Task A_call_longer_than_an_interest_comes_back_through_a_thunk()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "samples");
        ProgramResult call = (await CallAsync(node, node.Unix, "/sample/debug/sleep", "--int", "5000")).MustSucceed();

        Assert.Equal("slept 5000 ms", call.Json.GetString());
        Assert.Contains("thunk: /", call.Errors, StringComparison.Ordinal);
        Assert.True(call.Elapsed >= TimeSpan.FromSeconds(5), $"it took {call.Elapsed}");
    }

    [NdntsSampleFact]
    public async Task Errors_are_told_in_the_words_of_the_function()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "samples");
        (await CallAsync(node, node.Unix, "/sample/debug/fail", "--text", "because I say so")).MustFailSaying("because I say so");
        (await CallAsync(node, node.Unix, "/sample/debug/sleep", "--text", "soon")).MustFailSaying("'milliseconds'");
        (await CallAsync(node, node.Unix, "/sample/no/such", "--int", "1")).MustFailSaying("no route to");
    }

    [NdntsSampleFact]
    public async Task A_result_by_another_key_is_refused()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "samples");
        await using NodeProcess other = await NodeProcess.StartAsync("--functions", "none");
        ProgramResult call = await CallAsync(other, node.Unix, "/sample/text/wordcount", "--text", "one two");

        call.MustFailSaying("KeyLocator");
        Assert.Empty(call.Output);
    }

    private static Task<ProgramResult> CallAsync(NodeProcess trusted, string face, string function, params string[] arguments) =>
        Programs.RunAsync(
            "node",
            [
                Path.Combine(NdntsInstallation.Sample, "call.mjs"), "--node", face, "--trust", trusted.CertificateFile, function,
                .. arguments,
            ]);
}
