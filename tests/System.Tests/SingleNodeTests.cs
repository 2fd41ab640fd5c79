using System.Text;
using System.Text.Json;

namespace Piccolo.SystemTests;

/// <summary>One real node, called by the real pcl-invoke.</summary>
public sealed class SingleNodeTests
{
    private static string Readme => Path.Combine(Programs.Root, "README.md");

    [Fact]
    public async Task Wordcount_counts_as_wc_does()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "samples");
        JsonElement result = (await node.InvokeAsync("/sample/text/wordcount", Readme, "--json")).MustSucceed().Json;
        ProgramResult wc = await Programs.RunAsync(
            "wc", [Readme], new Dictionary<string, string> { ["LC_ALL"] = "C.UTF-8" });
        string[] expected = wc.MustSucceed().Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        JsonElement value = result.GetProperty("result");
        Assert.Equal(expected[0], $"{value.GetProperty("lines").GetInt64()}");
        Assert.Equal(expected[1], $"{value.GetProperty("words").GetInt64()}");
        Assert.Equal(expected[2], $"{value.GetProperty("bytes").GetInt64()}");
        Assert.True(result.GetProperty("verified").GetBoolean());
    }

    [Fact]
    public async Task A_second_equal_call_is_answered_by_the_cache()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "samples");
        ProgramResult first = (await node.InvokeAsync("/sample/text/wordcount", "--text", "one two", "--json")).MustSucceed();
        ProgramResult second = (await node.InvokeAsync("/sample/text/wordcount", "--text", "one two", "--json")).MustSucceed();

        Assert.Equal("function", first.Json.GetProperty("answeredBy").GetString());
        Assert.Equal("cache", second.Json.GetProperty("answeredBy").GetString());
    }

    [Fact]
    public async Task A_picture_of_several_megabytes_travels_both_ways()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "samples");
        string folder = Directory.CreateTempSubdirectory("pcl-picture-").FullName;
        string input = Path.Combine(folder, "in.ppm");
        string output = Path.Combine(folder, "out.pgm");
        const int width = 1600;
        const int height = 1200;
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.Length; i++)
        {
            int x = i / 3 % width;
            pixels[i] = (byte)(x < width / 2 ? 10 : 200);
        }

        byte[] header = Encoding.ASCII.GetBytes($"P6\n{width} {height}\n255\n");
        await File.WriteAllBytesAsync(input, [.. header, .. pixels]);
        (await node.InvokeAsync("/sample/picture/edges", input, "--out", output)).MustSucceed();

        byte[] edges = await File.ReadAllBytesAsync(output);
        byte[] outHeader = Encoding.ASCII.GetBytes($"P5\n{width} {height}\n255\n");
        Assert.Equal(outHeader.Length + (width * height), edges.Length);
        Assert.Equal(outHeader, edges[..outHeader.Length]);
        Assert.Equal(255, edges[outHeader.Length + (width / 2)]);
        Assert.Equal(0, edges[outHeader.Length + 10]);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Trace_shows_the_steps_and_who_answered()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "samples");
        ProgramResult result = (await node.InvokeAsync("/sample/text/wordcount", "--text", "a b c", "--trace")).MustSucceed();
        string everything = result.Text + result.Errors;
        Assert.Contains("function", everything, StringComparison.Ordinal);
        Assert.Contains("ms", everything, StringComparison.Ordinal);
        Assert.Contains("/sample/text/wordcount", everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_function_is_a_clear_error_and_no_timeout()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "samples");
        ProgramResult result = await node.InvokeAsync("/sample/no/such", "--text", "x", "--timeout", "20");
        result.MustFailSaying("/sample/no/such");
        Assert.True(result.Elapsed < TimeSpan.FromSeconds(10), $"it took {result.Elapsed}");
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task Wrong_arguments_name_the_argument()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "samples");
        (await node.InvokeAsync("/sample/picture/edges", "--text", "not a picture")).MustFailSaying("picture");
        (await node.InvokeAsync("/sample/debug/sleep", "--text", "soon")).MustFailSaying("milliseconds");
        (await node.InvokeAsync("/sample/text/wordcount")).MustFailSaying("text");
    }

    [Fact]
    public async Task A_function_that_throws_tells_the_caller_and_the_node_goes_on()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "samples");
        (await node.InvokeAsync("/sample/debug/fail", "--text", "because I say so")).MustFailSaying("because I say so");
        (await node.InvokeAsync("/sample/text/wordcount", "--text", "still here")).MustSucceed();
    }

    [Fact]
    public async Task A_long_call_comes_back_through_a_thunk()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "samples");
        ProgramResult result =
            (await node.InvokeAsync("/sample/debug/sleep", "--text", "6000", "--json", "--trace", "--timeout", "30")).MustSucceed();
        Assert.True(result.Elapsed >= TimeSpan.FromSeconds(6), $"it took {result.Elapsed}");
        Assert.Contains("thunk", result.Text + result.Errors, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_call_past_its_timeout_fails_within_it()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "samples");
        ProgramResult result = await node.InvokeAsync("/sample/debug/sleep", "--text", "60000", "--timeout", "3");
        Assert.NotEqual(0, result.ExitCode);
        Assert.True(result.Elapsed < TimeSpan.FromSeconds(9), $"it took {result.Elapsed}");
    }

    [Fact]
    public async Task A_node_that_is_not_there_is_a_clear_error()
    {
        ProgramResult result = await Programs.RunAsync(
            Programs.PathOf("pcl-invoke"), ["--node", "unix:///nowhere/at/all.sock", "/sample/echo", "--text", "x"]);
        result.MustFailSaying("/nowhere/at/all.sock");
    }

    [Fact]
    public async Task A_node_killed_in_the_middle_of_a_call_is_a_clear_error_within_the_timeout()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "samples");
        Task<ProgramResult> call = node.InvokeAsync("/sample/debug/sleep", "--text", "30000", "--timeout", "20");
        await Task.Delay(TimeSpan.FromSeconds(3));
        node.Kill();
        ProgramResult result = await call;
        Assert.NotEqual(0, result.ExitCode);
        Assert.NotEmpty(result.Errors);
        Assert.True(result.Elapsed < TimeSpan.FromSeconds(25), $"it took {result.Elapsed}");
    }

    [Fact]
    public async Task The_node_ends_cleanly_on_sigterm_and_keeps_its_identity()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        Assert.True(File.Exists(node.CertificateFile));
        string key = Path.Combine(Path.GetDirectoryName(node.CertificateFile)!, "node.key");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        Assert.Equal(0, await node.TerminateAsync());
        Assert.False(File.Exists(node.Unix["unix://".Length..]));
    }

    [Fact]
    public async Task Garbage_on_a_stream_costs_its_sender_the_face_and_nobody_else()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "samples");
        string address = node.Tcp["tcp4://".Length..];
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(System.Net.IPEndPoint.Parse(address));
        System.Net.Sockets.NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Enumerable.Repeat((byte)0xFF, 20_000).ToArray());
        byte[] one = new byte[1];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        int read;
        try
        {
            read = await stream.ReadAsync(one, limit.Token);
        }
        catch (IOException)
        {
            read = 0;
        }

        Assert.Equal(0, read);
        (await node.InvokeAsync("/sample/text/wordcount", "--text", "still here")).MustSucceed();
    }

    [Fact]
    public async Task A_port_in_use_is_a_sentence_that_names_it_and_no_stack()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        string port = node.Tcp.Split(':')[^1];
        string folder = Directory.CreateTempSubdirectory("pcl-").FullName;
        ProgramResult result = await Programs.RunAsync(
            Programs.PathOf("pcl-node"),
            ["--unix", Path.Combine(folder, "s"), "--udp", "none", "--tcp", "127.0.0.1:" + port, "--state", folder]);
        result.MustFailSaying(port);
        Assert.DoesNotContain("Exception", result.Errors, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("--udp", "not-an-address", "not-an-address")]
    [InlineData("--functions", "everything", "everything")]
    [InlineData("--ws", "127.0.0.1:9696", "--ws")]
    [InlineData("--ContentStore:Capacity", "-1", "ContentStore:Capacity")]
    [InlineData("--No:Such", "1", "No:Such")]
    public async Task A_wrong_setting_is_named_and_the_node_does_not_start(string option, string value, string culprit)
    {
        string folder = Directory.CreateTempSubdirectory("pcl-").FullName;
        ProgramResult result = await Programs.RunAsync(
            Programs.PathOf("pcl-node"),
            ["--unix", Path.Combine(folder, "s"), "--udp", "none", "--tcp", "none", "--state", folder, option, value]);
        result.MustFailSaying(culprit);
        Directory.Delete(folder, recursive: true);
    }
}
