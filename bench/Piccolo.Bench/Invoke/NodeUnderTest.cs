using System.Diagnostics;
using Piccolo.Drivers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Security;
using Piccolo.Sdk;
using Piccolo.Sdk.Trust;
using Piccolo.Storage;

namespace Piccolo.Bench.Invoke;

/// <summary>A real pcl-node with the sample functions and fresh state, and a client on its Unix socket that knows its keys.</summary>
internal sealed class NodeUnderTest : IAsyncDisposable
{
    private static readonly Name EchoFunction = Name.Parse("/sample/echo");

    private readonly string _folder;
    private readonly PiccoloClient _client;

    private NodeUnderTest(Process process, string folder, PiccoloClient client)
    {
        Process = process;
        _folder = folder;
        _client = client;
    }

    /// <summary>The node's process.</summary>
    public Process Process { get; }

    /// <summary>Starts a node that signs its results in a way, and connects to it.</summary>
    /// <param name="signing">As <c>Functions:Signing</c> takes it.</param>
    public static async Task<NodeUnderTest> StartAsync(string signing)
    {
        string folder = Directory.CreateTempSubdirectory("piccolo-bench-").FullName;
        string socket = Path.Combine(folder, "nfd.sock");
        string state = Path.Combine(folder, "state");
        Process process = Processes.Start(
            Processes.Program("pcl-node"), "--unix", socket, "--udp", "none", "--tcp", "none", "--functions", "samples",
            "--state", state, "--Functions:Signing", signing);
        try
        {
            Processes.WaitUntilReady(process);
            ILink link = await LinkFactory.ConnectAsync("unix://" + socket).ConfigureAwait(false);
            var keys = new PinnedKeys();
            PiccoloClient client = PiccoloClient.Start(link, new PiccoloClientOptions { Trust = keys });
            NodeInfo info = await client.GetNodeInfoAsync().ConfigureAwait(false);
            keys.Add(info.Certificate);
            byte[] secret = NodeIdentity.ReadSecret(Path.Combine(state, "hmac.key"));
            keys.Add(info.Certificate.KeyName.Append("hmac"), new HmacVerifier(secret));
            return new NodeUnderTest(process, folder, client);
        }
        catch
        {
            Processes.Stop(process);
            throw;
        }
    }

    /// <summary>Calls the echo once; throws when the answer is wrong, or was cached and should not have been, or the reverse.</summary>
    public async Task EchoAsync(string text, bool isCacheExpected)
    {
        InvokeResult result = await _client.InvokeAsync(EchoFunction, [new CallValue(null, text)]).ConfigureAwait(false);
        if (result.Value is not string answer || answer != text)
        {
            throw new InvalidOperationException($"the echo of '{text}' is '{result.Value}'");
        }

        if (result.IsFromCache != isCacheExpected)
        {
            throw new InvalidOperationException(
                $"the answer to '{text}' came from {result.Trace.AnsweredBy}, which is not what is measured here");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync().ConfigureAwait(false);
        Processes.Stop(Process);
        Directory.Delete(_folder, recursive: true);
    }
}
