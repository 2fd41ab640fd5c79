using System.Diagnostics;
using System.Text.Json;

namespace Piccolo.Interop.Tests;

/// <summary>Runs the NDNts scripts of tests/Interop/ndnts; each tells its arguments in its first lines.</summary>
internal static class Ndnts
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    /// <summary>The FaceUri of a node's listener: unix, tcp or udp.</summary>
    public static string FaceOf(NodeProcess node, string transport) => transport switch
    {
        "unix" => node.Unix,
        "tcp" => node.Tcp,
        "udp" => node.Udp,
        _ => throw new ArgumentOutOfRangeException(nameof(transport), transport, "there is no such transport"),
    };

    /// <summary>Runs a script to its end and reads the lines of JSON that it printed.</summary>
    public static async Task<IReadOnlyList<JsonElement>> RunAsync(string script, params string[] arguments)
    {
        ProgramResult result = await Programs.RunAsync("node", [PathOf(script), .. arguments]);
        result.MustSucceed();
        return [.. result.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    /// <summary>Runs a script that prints one line.</summary>
    public static async Task<JsonElement> RunOneAsync(string script, params string[] arguments) =>
        Assert.Single(await RunAsync(script, arguments));

    /// <summary>Starts a script that lives as long as its standard input.</summary>
    public static Process Start(string script, IReadOnlyList<string> arguments) => Process.Start(
        new ProcessStartInfo("node", [PathOf(script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    /// <summary>Ends such a script.</summary>
    public static async ValueTask EndAsync(Process process)
    {
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(EndLimit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException("an NDNts script did not end with its standard input");
        }
        finally
        {
            process.Dispose();
        }
    }

    private static string PathOf(string script) => Path.Combine(NdntsInstallation.Scripts, script);
}
