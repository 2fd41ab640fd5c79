using System.Text.Json;

namespace Piccolo.Interop.Tests;

/// <summary>NDNts' management client against the node's management.</summary>
public sealed class ManagementTests
{
    private const int LpReliability = 2;
    private const int Capture = 2;
    private const int EnableAdmit = 1;

    [NdntsTheory]
    [InlineData("unix")]
    [InlineData("tcp")]
    public async Task Faces_are_created_listed_updated_and_destroyed(string transport)
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        await using NodeProcess peer = await NodeProcess.StartAsync("--functions", "none");
        await using NdntsClient client = NdntsClient.Start(Ndnts.FaceOf(node, transport));
        JsonElement created = await client.MustInvokeAsync("faces/create", new { uri = peer.Udp });
        JsonElement again = await client.InvokeAsync("faces/create", new { uri = peer.Udp });
        int id = Number(created, "faceId");

        Assert.Equal(409, Number(again, "code"));
        Assert.Equal(id, Number(again.GetProperty("body"), "faceId"));
        JsonElement listed = Assert.Single(await client.ListAsync("FaceStatus"), face => Number(face, "faceId") == id);
        Assert.Equal(peer.Udp, Text(listed, "uri"));
        Assert.Equal(0, Number(listed, "faceScope"));
        Assert.Equal(0, Number(listed, "flags") & LpReliability);

        JsonElement updated = await client.MustInvokeAsync(
            "faces/update", new { faceId = id, flags = LpReliability, mask = LpReliability });
        Assert.Equal(LpReliability, Number(updated, "flags") & LpReliability);
        JsonElement found = Assert.Single(await client.ListFacesAsync(new { uri = peer.Udp }));
        Assert.Equal(LpReliability, Number(found, "flags") & LpReliability);

        await client.MustInvokeAsync("faces/destroy", new { faceId = id });
        Assert.Empty(await client.ListFacesAsync(new { faceId = id }));
    }

    [NdntsFact]
    public async Task The_list_shows_the_asking_face_as_local_and_on_demand()
    {
        const int local = 1;
        const int onDemand = 1;
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        await using NdntsClient client = NdntsClient.Start(node.Tcp);
        JsonElement own = Assert.Single(await client.ListFacesAsync(new { uriScheme = "tcp4" }));

        Assert.StartsWith("tcp4://127.0.0.1:", Text(own, "uri"), StringComparison.Ordinal);
        Assert.Equal(node.Tcp, Text(own, "localUri"));
        Assert.Equal(local, Number(own, "faceScope"));
        Assert.Equal(onDemand, Number(own, "facePersistency"));
        Assert.True(Number(own, "nInInterests") >= 1);
    }

    [NdntsFact]
    public async Task Channels_are_the_listeners()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        await using NdntsClient client = NdntsClient.Start(node.Unix);
        string[] channels = [.. (await client.ListAsync("ChannelStatus")).Select(channel => Text(channel, "localUri"))];

        Assert.Equal([node.Unix, node.Udp, node.Tcp], channels);
    }

    [NdntsTheory]
    [InlineData("unix", "digest")]
    [InlineData("tcp", "ecdsa")]
    [InlineData("unix", "hmac")]
    public async Task A_signed_command_registers_a_route_for_another_face(string transport, string signer)
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        await using NodeProcess peer = await NodeProcess.StartAsync("--functions", "none");
        await using NdntsClient client = NdntsClient.Start(Ndnts.FaceOf(node, transport));
        int id = Number(await client.MustInvokeAsync("faces/create", new { uri = peer.Udp }), "faceId");
        JsonElement registered = await client.MustInvokeAsync(
            "rib/register", new { name = "/interop/r", faceId = id, cost = 5, origin = 255, flags = Capture }, signer);

        Assert.Equal(id, Number(registered, "faceId"));
        JsonElement entry = Assert.Single(await client.ListAsync("RibEntry"), IsInterop);
        JsonElement route = entry.GetProperty("route").EnumerateArray().Single();
        Assert.Equal(5, Number(route, "cost"));
        Assert.Equal(255, Number(route, "origin"));
        Assert.Equal(Capture, Number(route, "flags"));
        JsonElement forwarding = Assert.Single(await client.ListAsync("FibEntry"), IsInterop);
        JsonElement hop = forwarding.GetProperty("nextHops").EnumerateArray().Single();
        Assert.Equal(id, Number(hop, "faceId"));
        Assert.Equal(5, Number(hop, "cost"));

        await client.MustInvokeAsync("rib/unregister", new { name = "/interop/r", faceId = id, origin = 255 }, signer);
        Assert.DoesNotContain(await client.ListAsync("RibEntry"), IsInterop);
        Assert.DoesNotContain(await client.ListAsync("FibEntry"), IsInterop);
    }

    [NdntsFact]
    public async Task Strategies_are_set_listed_and_unset()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        await using NdntsClient client = NdntsClient.Start(node.Unix);
        JsonElement set = await client.MustInvokeAsync(
            "strategy-choice/set", new { name = "/interop/s", strategy = "/localhost/nfd/strategy/multicast" });
        JsonElement unknown = await client.InvokeAsync(
            "strategy-choice/set", new { name = "/interop/s", strategy = "/localhost/nfd/strategy/no-such" });

        Assert.StartsWith("/8=localhost/8=nfd/8=strategy/8=multicast/54=", Text(set, "strategy"), StringComparison.Ordinal);
        Assert.Equal(404, Number(unknown, "code"));
        JsonElement choice = Assert.Single(await client.ListAsync("StrategyChoice"), IsInterop);
        Assert.Equal(Text(set, "strategy"), Text(choice, "strategy"));

        await client.MustInvokeAsync("strategy-choice/unset", new { name = "/interop/s" });
        Assert.DoesNotContain(await client.ListAsync("StrategyChoice"), IsInterop);
    }

    [NdntsFact]
    public async Task The_content_store_is_counted_erased_and_switched_off()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        await using NdntsServer server = await NdntsServer.StartAsync(node, "unix", "producer.mjs", "/interop/c");
        await using NdntsClient client = NdntsClient.Start(node.Unix);
        JsonElement empty = Assert.Single(await client.ListAsync("CsInfo"));
        await client.ConsumeAsync("/interop/c/1");
        await client.ConsumeAsync("/interop/c/2");
        await client.ConsumeAsync("/interop/c/1");
        JsonElement full = Assert.Single(await client.ListAsync("CsInfo"));
        Assert.Equal(Number(empty, "nHits") + 1, Number(full, "nHits"));
        Assert.Equal(Number(empty, "nCsEntries") + 2, Number(full, "nCsEntries"));

        JsonElement erased = await client.MustInvokeAsync("cs/erase", new { name = "/interop/c", count = 10 });
        Assert.Equal(2, Number(erased, "count"));
        JsonElement off = await client.MustInvokeAsync("cs/config", new { flags = 0, mask = EnableAdmit });
        Assert.Equal(0, Number(off, "flags") & EnableAdmit);
        Assert.NotEqual(
            Text(await client.ConsumeAsync("/interop/c/3"), "content"), Text(await client.ConsumeAsync("/interop/c/3"), "content"));
    }

    [NdntsFact]
    public async Task The_general_status_counts_packets()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        await using NdntsClient client = NdntsClient.Start(node.Unix);
        JsonElement before = Assert.Single(await client.ListAsync("GeneralStatus"));
        JsonElement after = Assert.Single(await client.ListAsync("GeneralStatus"));

        Assert.NotEqual("", Text(before, "nfdVersion"));
        Assert.True(Number(after, "nInInterests") > Number(before, "nInInterests"));
        Assert.InRange(
            after.GetProperty("currentTimestamp").GetInt64(),
            before.GetProperty("startTimestamp").GetInt64(),
            DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 1000);
    }

    private static bool IsInterop(JsonElement entry) => Text(entry, "name").StartsWith("/8=interop/", StringComparison.Ordinal);

    private static int Number(JsonElement element, string property) => element.GetProperty(property).GetInt32();

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;
}
