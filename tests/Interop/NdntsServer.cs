using System.Diagnostics;

namespace Piccolo.Interop.Tests;

/// <summary>An NDNts script that serves a prefix until it is disposed.</summary>
internal sealed class NdntsServer : IAsyncDisposable
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private NdntsServer(Process process) => _process = process;

    /// <summary>Starts a script and waits until it says that its prefix is registered.</summary>
    public static async Task<NdntsServer> StartAsync(NodeProcess node, string transport, string script, params string[] arguments)
    {
        // UDP faces are not local: their prefixes are registered over the Unix socket.
        string[] via = transport == "udp" ? ["--via", node.Unix] : [];
        Process process = Ndnts.Start(script, ["--face", Ndnts.FaceOf(node, transport), .. via, .. arguments]);
        using var limit = new CancellationTokenSource(ReadyLimit);
        string? line = await process.StandardOutput.ReadLineAsync(limit.Token);
        return line is not null && line.StartsWith("ready ", StringComparison.Ordinal)
            ? new NdntsServer(process)
            : throw new InvalidOperationException(
                $"{script} ended before it was ready: {await process.StandardError.ReadToEndAsync(limit.Token)}");
    }

    /// <summary>Ends the script.</summary>
    public ValueTask DisposeAsync() => Ndnts.EndAsync(_process);
}
