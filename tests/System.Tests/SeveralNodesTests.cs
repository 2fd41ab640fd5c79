using System.Security.Cryptography;

namespace Piccolo.SystemTests;

/// <summary>Two and three real nodes in line, on UDP faces of the loopback interface.</summary>
public sealed class SeveralNodesTests
{
    private static string Readme => Path.Combine(Programs.Root, "README.md");

    [Fact]
    public async Task Two_nodes_the_function_runs_on_the_second()
    {
        await using NodeProcess caller = await NodeProcess.StartAsync("--functions", "none", "--name", "/test/a");
        await using NodeProcess worker = await NodeProcess.StartAsync("--functions", "samples", "--name", "/test/b");
        await RouteAsync(caller, "/sample", worker.Udp);
        await RouteAsync(caller, "/test/b", worker.Udp);
        await RouteAsync(worker, "/test/a", caller.Udp);

        ProgramResult result = (await caller.InvokeAsync(
            "/sample/text/wordcount", Readme, "--json", "--trust", worker.CertificateFile)).MustSucceed();
        Assert.Equal(new FileInfo(Readme).Length, result.Json.GetProperty("result").GetProperty("bytes").GetInt64());
    }

    [Fact]
    public async Task A_result_by_a_key_that_nobody_trusts_is_refused()
    {
        await using NodeProcess caller = await NodeProcess.StartAsync("--functions", "none", "--name", "/test/a");
        await using NodeProcess worker = await NodeProcess.StartAsync("--functions", "samples", "--name", "/test/b");
        await RouteAsync(caller, "/sample", worker.Udp);
        await RouteAsync(caller, "/test/b", worker.Udp);

        ProgramResult result = await caller.InvokeAsync("/sample/text/wordcount", "--text", "a b");
        result.MustFailSaying("/test/b");
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task Large_arguments_are_pulled_by_the_worker_from_the_caller()
    {
        await using NodeProcess caller = await NodeProcess.StartAsync("--functions", "none", "--name", "/test/a");
        await using NodeProcess worker = await NodeProcess.StartAsync("--functions", "samples", "--name", "/test/b");
        await RouteAsync(caller, "/sample", worker.Udp);
        await RouteAsync(worker, "/test/a", caller.Udp);
        string file = await TextFileAsync(3_000_000);

        ProgramResult result = (await caller.InvokeAsync(
            "/sample/text/wordcount", file, "--json", "--trust", worker.CertificateFile)).MustSucceed();
        Assert.Equal(3_000_000, result.Json.GetProperty("result").GetProperty("bytes").GetInt64());
        File.Delete(file);
    }

    [Fact]
    public async Task Three_nodes_the_middle_one_knows_no_function_and_runs_none()
    {
        await using NodeProcess caller = await NodeProcess.StartAsync("--functions", "none", "--name", "/test/a");
        await using NodeProcess middle = await NodeProcess.StartAsync("--functions", "none", "--name", "/test/m");
        await using NodeProcess worker = await NodeProcess.StartAsync("--functions", "samples", "--name", "/test/b");
        await RouteAsync(caller, "/sample", middle.Udp);
        await RouteAsync(middle, "/sample", worker.Udp);
        await RouteAsync(worker, "/test/a", middle.Udp);
        await RouteAsync(middle, "/test/a", caller.Udp);
        string file = await TextFileAsync(500_000);

        ProgramResult result = (await caller.InvokeAsync(
            "/sample/text/wordcount", file, "--json", "--trust", worker.CertificateFile)).MustSucceed();
        Assert.Equal(500_000, result.Json.GetProperty("result").GetProperty("bytes").GetInt64());
        Assert.DoesNotContain("/sample/text", (await middle.PclAsync("fn", "list", "--json")).MustSucceed().Text, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task A_call_with_a_large_argument_survives_20_percent_loss()
    {
        await using NodeProcess caller = await NodeProcess.StartAsync("--functions", "none", "--name", "/test/a");
        await using NodeProcess worker = await NodeProcess.StartAsync("--functions", "samples", "--name", "/test/b");
        using var wire = new LossyUdpRelay(worker.Udp, loss: 0.2, seed: 20);
        await RouteAsync(caller, "/sample", wire.Uri);
        await RouteAsync(worker, "/test/a", wire.BackUri);
        string file = await TextFileAsync(300_000);

        ProgramResult result = (await caller.InvokeAsync(
            "/sample/text/wordcount", file, "--json", "--timeout", "60", "--trust", worker.CertificateFile)).MustSucceed();
        Assert.Equal(300_000, result.Json.GetProperty("result").GetProperty("bytes").GetInt64());
        Assert.True(wire.Lost > 20, $"the wire lost only {wire.Lost} datagrams");
        File.Delete(file);
    }

    [Fact]
    public async Task An_object_of_10_MB_survives_20_percent_loss()
    {
        await using NodeProcess reader = await NodeProcess.StartAsync("--functions", "none", "--name", "/test/a");
        await using NodeProcess publisher = await NodeProcess.StartAsync("--functions", "none", "--name", "/test/b");
        using var wire = new LossyUdpRelay(publisher.Udp, loss: 0.2, seed: 10);
        await RouteAsync(reader, "/big", wire.Uri);
        string file = Path.Combine(Path.GetTempPath(), $"pcl-{Guid.NewGuid():N}");
        byte[] content = new byte[10_000_000];
        new Random(1).NextBytes(content);
        await File.WriteAllBytesAsync(file, content);
        using System.Diagnostics.Process server = await publisher.ServeAsync("put", "/big/object", file);

        ProgramResult result = (await reader.PclAsync("cat", "/big/object")).MustSucceed();
        Assert.Equal(Convert.ToHexString(SHA256.HashData(content)), Convert.ToHexString(SHA256.HashData(result.Output)));
        Assert.True(wire.Lost > 200, $"the wire lost only {wire.Lost} datagrams");
        server.Kill();
        File.Delete(file);
    }

    [Fact]
    public async Task The_worker_is_killed_in_the_middle_and_the_caller_hears_of_it_in_time()
    {
        await using NodeProcess caller = await NodeProcess.StartAsync("--functions", "none", "--name", "/test/a");
        await using NodeProcess worker = await NodeProcess.StartAsync("--functions", "samples", "--name", "/test/b");
        await RouteAsync(caller, "/sample", worker.Udp);
        Task<ProgramResult> call = caller.InvokeAsync(
            "/sample/debug/sleep", "--text", "30000", "--timeout", "12", "--trust", worker.CertificateFile);
        await Task.Delay(TimeSpan.FromSeconds(4));
        worker.Kill();

        ProgramResult result = await call;
        Assert.NotEqual(0, result.ExitCode);
        Assert.NotEmpty(result.Errors);
        Assert.True(result.Elapsed < TimeSpan.FromSeconds(18), $"it took {result.Elapsed}");
    }

    private static async Task RouteAsync(NodeProcess node, string prefix, string face) =>
        (await node.PclAsync("route", "add", prefix, face)).MustSucceed();

    private static async Task<string> TextFileAsync(int length)
    {
        string file = Path.Combine(Path.GetTempPath(), $"pcl-{Guid.NewGuid():N}");
        var random = new Random(7);
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++)
        {
            text[i] = (byte)(random.Next(6) == 0 ? ' ' : 'a' + random.Next(26));
        }

        await File.WriteAllBytesAsync(file, text);
        return file;
    }
}
