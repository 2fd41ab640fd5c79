using System.Text;
using System.Text.Json;

namespace Piccolo.Interop.Tests;

/// <summary>Single packets between NDNts and this project's programs, through a real node.</summary>
public sealed class PacketTests
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan RegistrationLimit = TimeSpan.FromSeconds(30);

    [NdntsTheory]
    [InlineData("unix", "unix")]
    [InlineData("tcp", "tcp")]
    [InlineData("udp", "udp")]
    [InlineData("unix", "udp")]
    [InlineData("udp", "tcp")]
    public async Task Ndnts_producer_is_fetched_by_an_ndnts_consumer(string producer, string consumer)
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        await using NdntsServer server = await NdntsServer.StartAsync(node, producer, "producer.mjs", "/interop/a");
        JsonElement data = await ConsumeAsync(node, consumer, "/interop/a/x/%00%FF/54=%07");

        Assert.Equal("/8=interop/8=a/8=x/8=%00%FF/54=%07", data.GetProperty("name").GetString());
        Assert.StartsWith("answer 1", Content(data), StringComparison.Ordinal);
        Assert.Equal(0, data.GetProperty("signatureType").GetInt32());
    }

    [NdntsTheory]
    [InlineData("unix")]
    [InlineData("tcp")]
    [InlineData("udp")]
    public async Task Ndnts_producer_is_fetched_by_pcl_peek(string transport)
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        await using NdntsServer server = await NdntsServer.StartAsync(node, transport, "producer.mjs", "--freshness", "5000", "/interop/a");
        JsonElement data = (await node.PclAsync("peek", "/interop/a/x", "--fresh", "--json")).MustSucceed().Json;

        Assert.Equal("/interop/a/x", Property(data, "name").GetString());
        Assert.Equal(5000, Property(data, "freshnessPeriodMs").GetInt64());
        Assert.StartsWith("answer 1", Encoding.UTF8.GetString(Property(data, "content").GetBytesFromBase64()), StringComparison.Ordinal);
    }

    [NdntsTheory]
    [InlineData("unix")]
    [InlineData("tcp")]
    [InlineData("udp")]
    public async Task Pcl_poke_is_fetched_by_an_ndnts_consumer(string transport)
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        Task<ProgramResult> poke = node.PclAsync("from Piccolo"u8.ToArray(), "poke", "/interop/poke", "--timeout", "60");
        await UntilRegisteredAsync(node, "/interop/poke");
        JsonElement data = await ConsumeAsync(node, transport, "/interop/poke");

        Assert.Equal("from Piccolo", Content(data));
        (await poke).MustSucceed();
    }

    [NdntsFact]
    public async Task CanBePrefix_is_answered_by_a_longer_name_and_reaches_the_producer_as_it_was()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        await using NdntsServer server = await NdntsServer.StartAsync(
            node, "unix", "producer.mjs", "--suffix", "/b/c", "--freshness", "60000", "/interop/p");
        await using NdntsClient client = NdntsClient.Start(node.Tcp);
        JsonElement longer = await client.ConsumeAsync("/interop/p/a", canBePrefix: true);
        JsonElement exact = await client.ConsumeAsync("/interop/p/a");
        JsonElement cached = await client.ConsumeAsync("/interop/p/a/b", canBePrefix: true);
        JsonElement peeked = (await node.PclAsync("peek", "/interop/p/z", "--prefix", "--json")).MustSucceed().Json;

        Assert.Equal("/8=interop/8=p/8=a/8=b/8=c", longer.GetProperty("name").GetString());
        Assert.Equal("answer 1, hop limit 255, CanBePrefix", Content(longer));
        Assert.Equal("/8=interop/8=p/8=a", exact.GetProperty("name").GetString());
        Assert.Equal("answer 2, hop limit 255", Content(exact));
        Assert.Equal(Content(longer), Content(cached));
        Assert.Equal("/interop/p/z/b/c", Property(peeked, "name").GetString());
    }

    [NdntsFact]
    public async Task A_full_name_is_answered_by_the_cache()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        await using NdntsServer server = await NdntsServer.StartAsync(node, "unix", "producer.mjs", "/interop/d");
        await using NdntsClient client = NdntsClient.Start(node.Unix);
        JsonElement first = await client.ConsumeAsync("/interop/d/1");
        JsonElement again = await client.ConsumeAsync(first.GetProperty("fullName").GetString()!);

        Assert.Equal(Content(first), Content(again));
    }

    [NdntsFact]
    public async Task MustBeFresh_passes_stale_data_by()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        await using NdntsServer server = await NdntsServer.StartAsync(
            node, "unix", "producer.mjs", "--freshness", $"{FreshFor.TotalMilliseconds}", "/interop/f");
        await using NdntsClient client = NdntsClient.Start(node.Unix);
        JsonElement first = await client.ConsumeAsync("/interop/f/1", mustBeFresh: true);
        JsonElement second = await client.ConsumeAsync("/interop/f/1", mustBeFresh: true);
        await Task.Delay(FreshFor + TimeSpan.FromMilliseconds(300));
        JsonElement stale = await client.ConsumeAsync("/interop/f/1");
        JsonElement fresh = await client.ConsumeAsync("/interop/f/1", mustBeFresh: true);

        Assert.Equal("answer 1, hop limit 255, MustBeFresh", Content(first));
        Assert.Equal(Content(first), Content(second));
        Assert.Equal(Content(first), Content(stale));
        Assert.Equal("answer 2, hop limit 255, MustBeFresh", Content(fresh));
    }

    [NdntsFact]
    public async Task Data_without_a_freshness_period_is_never_fresh()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        await using NdntsServer server = await NdntsServer.StartAsync(node, "tcp", "producer.mjs", "/interop/f");
        await using NdntsClient client = NdntsClient.Start(node.Tcp);
        JsonElement first = await client.ConsumeAsync("/interop/f/1", mustBeFresh: true);
        JsonElement second = await client.ConsumeAsync("/interop/f/1", mustBeFresh: true);

        Assert.StartsWith("answer 1", Content(first), StringComparison.Ordinal);
        Assert.StartsWith("answer 2", Content(second), StringComparison.Ordinal);
    }

    [NdntsFact]
    public async Task A_producer_that_leaves_takes_its_route_along()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        await using (NdntsServer server = await NdntsServer.StartAsync(node, "unix", "producer.mjs", "/interop/gone"))
        {
            Assert.Contains("/interop/gone", await RoutesAsync(node), StringComparison.Ordinal);
        }

        using var limit = new CancellationTokenSource(RegistrationLimit);
        while ((await RoutesAsync(node)).Contains("/interop/gone", StringComparison.Ordinal))
        {
            await Task.Delay(100, limit.Token);
        }

        JsonElement answer = await Ndnts.RunOneAsync("link.mjs", "--face", node.Unix, "/interop/gone/1");
        Assert.Equal("nack", answer.GetProperty("kind").GetString());
    }

    private static async Task<JsonElement> ConsumeAsync(NodeProcess node, string transport, string name)
    {
        await using NdntsClient client = NdntsClient.Start(Ndnts.FaceOf(node, transport));
        return await client.ConsumeAsync(name);
    }

    private static string Content(JsonElement data) => data.TryGetProperty("content", out JsonElement content)
        ? content.GetString()!
        : $"no Data: {data}";

    private static JsonElement Property(JsonElement json, string name) =>
        json.EnumerateObject().Single(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase)).Value;

    private static async Task<string> RoutesAsync(NodeProcess node) =>
        (await node.PclAsync("route", "list", "--json")).MustSucceed().Text;

    private static async Task UntilRegisteredAsync(NodeProcess node, string prefix)
    {
        using var limit = new CancellationTokenSource(RegistrationLimit);
        while (!(await RoutesAsync(node)).Contains(prefix, StringComparison.Ordinal))
        {
            await Task.Delay(50, limit.Token);
        }
    }
}
