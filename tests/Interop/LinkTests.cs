using System.Text.Json;

namespace Piccolo.Interop.Tests;

/// <summary>What NDNts' link layer sees of the node's: Nacks, PIT tokens, hop limits, scope.</summary>
public sealed class LinkTests
{
    private const int NoRoute = 150;

    [NdntsTheory]
    [InlineData("unix")]
    [InlineData("tcp")]
    [InlineData("udp")]
    public async Task An_interest_without_a_route_comes_back_as_a_nack_with_its_token(string transport)
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        JsonElement answer = await Ndnts.RunOneAsync(
            "link.mjs", "--face", Ndnts.FaceOf(node, transport), "--token", "c0ffee", "/interop/nowhere");

        Assert.Equal("nack", answer.GetProperty("kind").GetString());
        Assert.Equal("/8=interop/8=nowhere", answer.GetProperty("name").GetString());
        Assert.Equal(NoRoute, answer.GetProperty("reason").GetInt32());
        Assert.Equal("c0ffee", answer.GetProperty("token").GetString());
    }

    [NdntsTheory]
    [InlineData("unix")]
    [InlineData("tcp")]
    [InlineData("udp")]
    public async Task Each_data_carries_the_token_of_its_interest(string transport)
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        await using NdntsServer server = await NdntsServer.StartAsync(node, "tcp", "producer.mjs", "/interop/t");
        string longest = string.Concat(Enumerable.Repeat("5a", 32));
        IReadOnlyList<JsonElement> answers = await Ndnts.RunAsync(
            "link.mjs",
            "--face", Ndnts.FaceOf(node, transport), "--token", "01", "--token", "02030405", "--token", longest,
            "/interop/t/1", "/interop/t/2", "/interop/t/3");

        Dictionary<string, string> tokens = answers.ToDictionary(
            answer => answer.GetProperty("name").GetString()!, answer => answer.GetProperty("token").GetString()!);
        Assert.Equal("01", tokens["/8=interop/8=t/8=1"]);
        Assert.Equal("02030405", tokens["/8=interop/8=t/8=2"]);
        Assert.Equal(longest, tokens["/8=interop/8=t/8=3"]);
    }

    [NdntsFact]
    public async Task The_hop_limit_goes_down_by_one()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        await using NdntsServer server = await NdntsServer.StartAsync(node, "unix", "producer.mjs", "/interop/h");
        JsonElement answer = await Ndnts.RunOneAsync("link.mjs", "--face", node.Tcp, "--hop-limit", "10", "/interop/h/1");

        Assert.Contains("hop limit 9", answer.GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [NdntsFact]
    public async Task A_hop_limit_of_one_does_not_leave_for_a_peer_that_is_not_local()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        await using NdntsServer server = await NdntsServer.StartAsync(node, "udp", "producer.mjs", "/interop/h");
        JsonElement stays = await Ndnts.RunOneAsync(
            "link.mjs", "--face", node.Unix, "--hop-limit", "1", "--lifetime", "500", "/interop/h/1");
        JsonElement leaves = await Ndnts.RunOneAsync("link.mjs", "--face", node.Unix, "--hop-limit", "2", "/interop/h/2");

        Assert.NotEqual("data", stays.GetProperty("kind").GetString());
        Assert.Equal("data", leaves.GetProperty("kind").GetString());
    }

    [NdntsFact]
    public async Task Management_is_not_answered_over_udp()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        JsonElement answer = await Ndnts.RunOneAsync(
            "link.mjs", "--face", node.Udp, "--lifetime", "500", "/localhost/nfd/status/general");

        Assert.NotEqual("data", answer.GetProperty("kind").GetString());
    }
}
