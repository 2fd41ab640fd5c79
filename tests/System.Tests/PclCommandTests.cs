using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Piccolo.SystemTests;

/// <summary>Every command of the real pcl against a real node.</summary>
public sealed class PclCommandTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private NodeProcess Node => shared.Node;

    [Fact]
    public async Task Status_tells_version_and_counters()
    {
        ProgramResult table = (await Node.PclAsync("status")).MustSucceed();
        Assert.Contains(Node.Unix, table.Text, StringComparison.Ordinal);
        Assert.Matches("(?m)^FIB entries +[0-9]", table.Text);

        JsonElement json = (await Node.PclAsync("status", "--json")).MustSucceed().Json;
        Assert.Contains("piccolo", json.GetProperty("nfdVersion").GetString(), StringComparison.Ordinal);
        Assert.True(json.GetProperty("nFibEntries").GetUInt64() >= 2);
        Assert.True(json.GetProperty("nInInterests").GetUInt64() >= 1);
    }

    [Fact]
    public async Task A_face_is_created_shown_updated_and_destroyed()
    {
        const string uri = "udp4://127.0.0.1:26363";
        JsonElement made = (await Node.PclAsync("face", "create", uri, "--persistency", "permanent", "--json")).MustSucceed().Json;
        ulong id = made.GetProperty("faceId").GetUInt64();
        Assert.Equal(uri, made.GetProperty("uri").GetString());

        JsonElement[] listed = [.. (await Node.PclAsync("face", "list", "--json")).MustSucceed().Json.EnumerateArray()];
        Assert.Contains(listed, face => face.GetProperty("faceId").GetUInt64() == id && face.GetProperty("uri").GetString() == uri);
        Assert.Contains(uri, (await Node.PclAsync("face", "list")).MustSucceed().Text, StringComparison.Ordinal);

        JsonElement shown = (await Node.PclAsync("face", "show", uri, "--json")).MustSucceed().Json;
        Assert.Equal(id, shown.GetProperty("faceId").GetUInt64());
        Assert.Matches("persistency +permanent", (await Node.PclAsync("face", "show", $"{id}")).MustSucceed().Text);

        JsonElement changed = (await Node.PclAsync("face", "update", $"{id}", "--reliability", "on", "--mtu", "1400", "--json"))
            .MustSucceed().Json;
        Assert.Equal(id, changed.GetProperty("faceId").GetUInt64());
        string after = (await Node.PclAsync("face", "show", $"{id}")).MustSucceed().Text;
        Assert.Matches("MTU +1,400", after);
        Assert.Matches("flags +.*LpReliabilityEnabled", after);

        JsonElement destroyed = (await Node.PclAsync("face", "destroy", uri, "--json")).MustSucceed().Json;
        Assert.Equal(id, destroyed.GetProperty("faceId").GetUInt64());
        (await Node.PclAsync("face", "show", $"{id}")).MustFailSaying($"{id}");
    }

    [Fact]
    public async Task A_face_that_exists_is_found_and_not_made_twice()
    {
        const string uri = "udp4://127.0.0.1:26364";
        ulong first = (await Node.PclAsync("face", "create", uri, "--json")).MustSucceed().Json.GetProperty("faceId").GetUInt64();
        ulong second = (await Node.PclAsync("face", "create", uri, "--json")).MustSucceed().Json.GetProperty("faceId").GetUInt64();
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task A_route_makes_its_face_and_is_listed_and_removed()
    {
        const string uri = "udp4://127.0.0.1:26365";
        JsonElement made = (await Node.PclAsync("route", "add", "/route/one", uri, "--cost", "7", "--capture", "--json"))
            .MustSucceed().Json;
        ulong face = made.GetProperty("face").GetUInt64();
        Assert.Equal(7ul, made.GetProperty("cost").GetUInt64());

        JsonElement shown = (await Node.PclAsync("face", "show", uri, "--json")).MustSucceed().Json;
        Assert.Equal(face, shown.GetProperty("faceId").GetUInt64());
        JsonElement route = (await RoutesAsync("/route/one"))[0];
        Assert.Equal(face, route.GetProperty("face").GetUInt64());
        Assert.Equal(255ul, route.GetProperty("origin").GetUInt64());
        Assert.Equal(3ul, route.GetProperty("flags").GetUInt64());
        Assert.Matches($"/route/one +{face} +static +7 +child-inherit, capture +never", (await Node.PclAsync("route", "list")).Text);

        JsonElement[] fib = [.. (await Node.PclAsync("fib", "list", "--json")).MustSucceed().Json.EnumerateArray()];
        JsonElement entry = Assert.Single(fib, e => e.GetProperty("prefix").GetString() == "/route/one");
        Assert.Equal(face, entry.GetProperty("nextHops")[0].GetProperty("face").GetUInt64());
        Assert.Matches($"/route/one +face {face} \\(cost 7\\)", (await Node.PclAsync("fib", "list")).MustSucceed().Text);

        (await Node.PclAsync("route", "remove", "/route/one", $"{face}", "--json")).MustSucceed();
        Assert.Empty(await RoutesAsync("/route/one"));
    }

    [Fact]
    public async Task A_route_with_expires_goes_away_by_itself()
    {
        (await Node.PclAsync("route", "add", "/route/short", "udp4://127.0.0.1:26366", "--expires", "2")).MustSucceed();
        JsonElement[] routes = await RoutesAsync("/route/short");
        if (routes.Length > 0)
        {
            Assert.InRange(routes[0].GetProperty("expiresInMs").GetUInt64(), 0ul, 2000ul);
        }

        (await Node.PclAsync("route", "add", "/route/long", "udp4://127.0.0.1:26366", "--expires", "300")).MustSucceed();
        Assert.InRange((await RoutesAsync("/route/long"))[0].GetProperty("expiresInMs").GetUInt64(), 200_000ul, 300_000ul);
        var clock = Stopwatch.StartNew();
        while ((await RoutesAsync("/route/short")).Length > 0)
        {
            Assert.True(clock.Elapsed < Patience, "the route is still there");
        }
    }

    [Fact]
    public async Task A_strategy_is_set_listed_and_unset()
    {
        JsonElement made = (await Node.PclAsync("strategy", "set", "/strategy/one", "multicast", "--json")).MustSucceed().Json;
        Assert.StartsWith("/localhost/nfd/strategy/multicast", made.GetProperty("strategy").GetString(), StringComparison.Ordinal);

        JsonElement[] rows = [.. (await Node.PclAsync("strategy", "list", "--json")).MustSucceed().Json.EnumerateArray()];
        JsonElement row = Assert.Single(rows, r => r.GetProperty("prefix").GetString() == "/strategy/one");
        Assert.Equal(made.GetProperty("strategy").GetString(), row.GetProperty("strategy").GetString());
        Assert.Matches("/strategy/one +/localhost/nfd/strategy/multicast", (await Node.PclAsync("strategy", "list")).MustSucceed().Text);

        (await Node.PclAsync("strategy", "unset", "/strategy/one", "--json")).MustSucceed();
        Assert.DoesNotContain("/strategy/one", (await Node.PclAsync("strategy", "list")).MustSucceed().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_content_store_is_shown_configured_and_erased()
    {
        await using NodeProcess own = await NodeProcess.StartAsync("--functions", "none");
        JsonElement before = (await own.PclAsync("cs", "info", "--json")).MustSucceed().Json;
        Assert.True(before.GetProperty("capacity").GetUInt64() > 0);
        JsonElement made = (await own.PclAsync("cs", "config", "--capacity", "4321", "--serve", "off", "--json")).MustSucceed().Json;
        Assert.Equal(4321ul, made.GetProperty("capacity").GetUInt64());
        string after = (await own.PclAsync("cs", "info")).MustSucceed().Text;
        Assert.Matches("capacity +4,321 packets", after);
        Assert.Matches("serve +off", after);
        Assert.Matches("admit +on", after);
        (await own.PclAsync("cs", "config", "--serve", "on")).MustSucceed();

        await PokeAndPeekAsync(own, "/cs/kept/a");
        await PokeAndPeekAsync(own, "/cs/gone/a");
        await PokeAndPeekAsync(own, "/cs/gone/b");
        (await own.PclAsync("peek", "/cs/gone/b", "--payload")).MustSucceed();
        JsonElement erased = (await own.PclAsync("cs", "erase", "/cs/gone", "--json")).MustSucceed().Json;
        Assert.Equal(2ul, erased.GetProperty("erased").GetUInt64());
        (await own.PclAsync("peek", "/cs/gone/b", "--payload", "--lifetime", "0.2")).MustFailSaying("/cs/gone/b");
        Assert.Equal("/cs/kept/a", (await own.PclAsync("peek", "/cs/kept/a", "--payload")).MustSucceed().Text);
    }

    [Fact]
    public async Task What_is_poked_can_be_peeked_once()
    {
        byte[] content = Encoding.UTF8.GetBytes("one packet\n");
        using Process poke = await Node.ServeAsync(content, "poke", "/peek/one", "--freshness", "60");
        JsonElement shown = (await Node.PclAsync("peek", "/peek/one", "--fresh", "--json")).MustSucceed().Json;
        Assert.Equal("/peek/one", shown.GetProperty("name").GetString());
        Assert.Equal(60_000ul, shown.GetProperty("freshnessPeriodMs").GetUInt64());
        Assert.Equal(content, Convert.FromBase64String(shown.GetProperty("content").GetString()!));
        Assert.Equal("DigestSha256", shown.GetProperty("signatureType").GetString());
        Assert.Equal(0, await EndOfAsync(poke));

        Assert.Equal(content, (await Node.PclAsync("peek", "/peek", "--prefix", "--payload")).MustSucceed().Output);
        Assert.Equal(1, (await Node.PclAsync("peek", "/peek", "--payload")).ExitCode);
        Assert.Matches("content +one packet", (await Node.PclAsync("peek", "/peek/one")).MustSucceed().Text);
    }

    [Fact]
    public async Task Poke_gives_up_when_nobody_asks()
    {
        ProgramResult result = await Node.PclAsync("x"u8.ToArray(), "poke", "/poke/lonely", "--timeout", "0.3");
        Assert.Equal(1, result.ExitCode);
        result.MustFailSaying("/poke/lonely");
    }

    [Fact]
    public async Task Ping_measures_a_ping_server()
    {
        using Process server = await Node.ServeAsync("pingserver", "/ping/here");
        ProgramResult table = (await Node.PclAsync("ping", "/ping/here", "--count", "3", "--interval", "0.01")).MustSucceed();
        Assert.Contains("3 sent, 3 answered, 0 % lost", table.Text, StringComparison.Ordinal);
        JsonElement json = (await Node.PclAsync("ping", "/ping/here", "--count", "2", "--interval", "0.01", "--json"))
            .MustSucceed().Json;
        Assert.Equal(2, json.GetProperty("received").GetInt32());
        Assert.True(json.GetProperty("maxMs").GetDouble() > 0);
        server.Kill();
    }

    [Fact]
    public async Task Ping_without_a_server_fails_and_counts_the_loss()
    {
        ProgramResult result = await Node.PclAsync(
            "ping", "/ping/nobody", "--count", "2", "--interval", "0.01", "--timeout", "1", "--json");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(0, result.Json.GetProperty("received").GetInt32());
        Assert.Equal(100, result.Json.GetProperty("lossPercent").GetDouble());
    }

    [Fact]
    public async Task What_is_put_can_be_fetched_whole()
    {
        byte[] content = new byte[300_000];
        new Random(7).NextBytes(content);
        using Process put = await Node.ServeAsync(content, "put", "/put/object");
        Assert.Equal(content, (await Node.PclAsync("cat", "/put/object")).MustSucceed().Output);

        string file = Path.Combine(Directory.CreateTempSubdirectory("pcl-cat-").FullName, "object");
        JsonElement json = (await Node.PclAsync("cat", "/put/object", "--out", file, "--json")).MustSucceed().Json;
        Assert.Equal(300_000, json.GetProperty("octets").GetInt32());
        Assert.StartsWith("/put/object/", json.GetProperty("name").GetString(), StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllBytesAsync(file));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        put.Kill();
    }

    [Fact]
    public async Task Functions_are_listed_with_kind_and_parameters()
    {
        JsonElement[] rows = [.. (await Node.PclAsync("fn", "list", "--json")).MustSucceed().Json.EnumerateArray()];
        JsonElement wordcount = Assert.Single(rows, r => r.GetProperty("name").GetString() == "/sample/text/wordcount");
        Assert.Equal("pure", wordcount.GetProperty("kind").GetString());
        Assert.Matches("^text: [a-z]+$", wordcount.GetProperty("parameters").GetString());
        Assert.Matches("/sample/text/wordcount +pure +1", (await Node.PclAsync("fn", "list")).MustSucceed().Text);
    }

    [Fact]
    public async Task The_node_tells_its_name_and_its_counters()
    {
        JsonElement json = (await Node.PclAsync("node", "info", "--json")).MustSucceed().Json;
        Assert.Equal(Node.Name, json.GetProperty("name").GetString());
        Assert.StartsWith(Node.Name + "/KEY/", json.GetProperty("certificate").GetString(), StringComparison.Ordinal);
        Assert.Matches($"name +{Node.Name}", (await Node.PclAsync("node", "info")).MustSucceed().Text);

        JsonElement[] rows = [.. (await Node.PclAsync("node", "counters", "--json")).MustSucceed().Json.EnumerateArray()];
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.NotEqual(0, row.GetProperty("value").GetInt64()));
        string first = rows[0].GetProperty("counter").GetString()!;
        Assert.Contains(first, (await Node.PclAsync("node", "counters")).MustSucceed().Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("status --frobnicate", "--frobnicate")]
    [InlineData("peek", "name")]
    [InlineData("peek not-a-name", "not-a-name")]
    [InlineData("route add /x/%zz udp4://127.0.0.1:26367", "/x/%zz")]
    [InlineData("route add /x udp4://127.0.0.1:26367 --cost cheap", "cheap")]
    [InlineData("route add /x udp4://127.0.0.1:26367 --expires -1", "--expires")]
    [InlineData("face create udp4://127.0.0.1:26367 --persistency sometimes", "sometimes")]
    [InlineData("face create udp4://127.0.0.1:26367 --reliability maybe", "maybe")]
    [InlineData("cs config --serve perhaps", "perhaps")]
    [InlineData("peek /x --lifetime -4", "--lifetime")]
    [InlineData("ping /x --count 0", "--count")]
    public async Task A_wrong_command_line_exits_2_and_names_the_culprit(string line, string culprit)
    {
        ProgramResult result = await Node.PclAsync(line.Split(' '));
        Assert.Equal(2, result.ExitCode);
        result.MustFailSaying(culprit);
        Assert.Contains("--help", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("face show 99999", "99999")]
    [InlineData("face destroy udp4://192.0.2.77:6363", "udp4://192.0.2.77:6363")]
    [InlineData("face create carrier-pigeon://roof", "carrier-pigeon://roof")]
    [InlineData("route add /x 99999", "99999")]
    [InlineData("route remove /x 99999", "99999")]
    [InlineData("strategy set /x no-such-strategy", "no-such-strategy")]
    [InlineData("peek /nobody/serves/this", "/nobody/serves/this")]
    [InlineData("cat /nobody/serves/this", "/nobody/serves/this")]
    [InlineData("put /x /no/such/file", "/no/such/file")]
    [InlineData("--node unix:///nowhere/at/all.sock status", "/nowhere/at/all.sock")]
    public async Task A_failure_exits_1_with_a_sentence_that_names_the_culprit(string line, string culprit)
    {
        string[] words = line.Split(' ');
        ProgramResult result = words[0] == "--node"
            ? await Programs.RunAsync(Programs.PathOf("pcl"), words, Node.ClientEnvironment)
            : await Node.PclAsync(words);
        Assert.Equal(1, result.ExitCode);
        result.MustFailSaying(culprit);
        Assert.StartsWith("pcl: ", result.Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("face list")]
    [InlineData("route list")]
    [InlineData("fib list")]
    [InlineData("strategy list")]
    [InlineData("cs info")]
    [InlineData("fn list")]
    [InlineData("node info")]
    [InlineData("node counters")]
    public async Task A_table_printed_into_a_pipe_has_no_escape_codes(string line)
    {
        var environment = new Dictionary<string, string>(Node.ClientEnvironment)
        {
            ["TERM"] = "xterm-256color",
            ["COLORTERM"] = "truecolor",
            ["FORCE_COLOR"] = "1",
            ["COLUMNS"] = "20",
        };
        string[] words = ["--node", Node.Unix, .. line.Split(' ')];
        ProgramResult result = (await Programs.RunAsync(Programs.PathOf("pcl"), words, environment)).MustSucceed();
        Assert.NotEmpty(result.Output);
        Assert.DoesNotContain((byte)0x1B, result.Output);
        Assert.DoesNotContain("…", result.Text, StringComparison.Ordinal);
    }

    private static async Task PokeAndPeekAsync(NodeProcess node, string name)
    {
        using Process poke = await node.ServeAsync(Encoding.UTF8.GetBytes(name), "poke", name, "--freshness", "60");
        Assert.Equal(name, (await node.PclAsync("peek", name, "--payload")).MustSucceed().Text);
        Assert.Equal(0, await EndOfAsync(poke));
    }

    private static async Task<int> EndOfAsync(Process process)
    {
        using var limit = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    private async Task<JsonElement[]> RoutesAsync(string prefix) =>
        [.. (await Node.PclAsync("route", "list", "--json")).MustSucceed().Json.EnumerateArray()
            .Where(route => route.GetProperty("prefix").GetString() == prefix)];
}
