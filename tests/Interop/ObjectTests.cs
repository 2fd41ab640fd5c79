using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;

namespace Piccolo.Interop.Tests;

/// <summary>Segmented objects of 10 MB in both directions.</summary>
public sealed class ObjectTests : IDisposable
{
    private const int ObjectOctets = 10_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("pcl-object-").FullName;
    private readonly string _file;
    private readonly string _sha256;

    public ObjectTests()
    {
        byte[] content = new byte[ObjectOctets];
        new Random(20).NextBytes(content);
        _file = Path.Combine(_folder, "object");
        File.WriteAllBytes(_file, content);
        _sha256 = Sha256(content);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [NdntsTheory]
    [InlineData("unix", "rdr")]
    [InlineData("tcp", "prefix")]
    [InlineData("udp", "rdr")]
    public async Task Pcl_put_is_fetched_by_ndnts(string transport, string discover)
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        using Process put = await node.ServeAsync("put", "/interop/object", _file);
        try
        {
            JsonElement fetched = await Ndnts.RunOneAsync(
                "object-fetch.mjs", "--face", Ndnts.FaceOf(node, transport), "--discover", discover, "/interop/object");
            Assert.Equal(ObjectOctets, fetched.GetProperty("octets").GetInt32());
            Assert.Equal(_sha256, fetched.GetProperty("sha256").GetString());
        }
        finally
        {
            put.Kill(entireProcessTree: true);
            await put.WaitForExitAsync();
        }
    }

    [NdntsTheory]
    [InlineData("unix")]
    [InlineData("tcp")]
    [InlineData("udp")]
    public async Task Ndnts_object_is_fetched_by_pcl_cat(string transport)
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        await using NdntsServer server = await NdntsServer.StartAsync(node, transport, "object-server.mjs", "/interop/object", _file);
        string copy = Path.Combine(_folder, "copy");
        (await node.PclAsync("cat", "/interop/object", "--out", copy)).MustSucceed();

        byte[] content = await File.ReadAllBytesAsync(copy);
        Assert.Equal(ObjectOctets, content.Length);
        Assert.Equal(_sha256, Sha256(content));
    }

    [NdntsFact]
    public async Task Ndnts_object_crosses_the_node_from_udp_to_tcp()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        await using NdntsServer server = await NdntsServer.StartAsync(node, "udp", "object-server.mjs", "/interop/object", _file);
        JsonElement fetched = await Ndnts.RunOneAsync("object-fetch.mjs", "--face", node.Tcp, "/interop/object");

        Assert.Equal(ObjectOctets, fetched.GetProperty("octets").GetInt32());
        Assert.Equal(_sha256, fetched.GetProperty("sha256").GetString());
    }

    [NdntsFact]
    public async Task Fragments_are_put_together_on_both_sides()
    {
        await using NodeProcess node = await NodeProcess.StartAsync("--functions", "none");
        await using NdntsServer server = await NdntsServer.StartAsync(
            node, "udp", "object-server.mjs", "--mtu", "1200", "/interop/object", _file);
        JsonElement fetched = await Ndnts.RunOneAsync(
            "object-fetch.mjs", "--face", node.Udp, "--via", node.Unix, "--mtu", "1200", "/interop/object");

        Assert.Equal(ObjectOctets, fetched.GetProperty("octets").GetInt32());
        Assert.Equal(_sha256, fetched.GetProperty("sha256").GetString());
    }

    private static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
