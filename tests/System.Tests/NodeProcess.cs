using System.Diagnostics;
using System.Text;

namespace Piccolo.SystemTests;

/// <summary>A real pcl-node on a Unix socket and free ports of the loopback interface, with a state folder of its own.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly string _work;

    private NodeProcess(Process process, string work)
    {
        _process = process;
        _work = work;
    }

    /// <summary>The line by which the node said that it serves.</summary>
    public string ReadyLine { get; private set; } = "";

    /// <summary>The node's name.</summary>
    public string Name => ReadyLine.Split(' ')[1];

    /// <summary>The Unix socket, as a FaceUri.</summary>
    public string Unix => Uri("unix://");

    /// <summary>The UDP listener, as a FaceUri.</summary>
    public string Udp => Uri("udp4://");

    /// <summary>The TCP listener, as a FaceUri.</summary>
    public string Tcp => Uri("tcp4://");

    /// <summary>The node's certificate, for those who shall trust it.</summary>
    public string CertificateFile => Path.Combine(_work, "state", "node.cert");

    /// <summary>The node's process.</summary>
    public Process Process => _process;

    /// <summary>What the node logged.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>Starts a node and waits until it serves.</summary>
    public static async Task<NodeProcess> StartAsync(params string[] extra)
    {
        string work = Directory.CreateTempSubdirectory("pcl-").FullName;
        string[] arguments =
        [
            "--unix", Path.Combine(work, "s"), "--udp", "127.0.0.1:0", "--tcp", "127.0.0.1:0",
            "--state", Path.Combine(work, "state"), .. extra,
        ];
        var start = new ProcessStartInfo(Programs.PathOf("pcl-node"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var node = new NodeProcess(Process.Start(start)!, work);
        node._process.ErrorDataReceived += (_, e) => node.Record(e.Data);
        node._process.BeginErrorReadLine();
        using var limit = new CancellationTokenSource(ReadyLimit);
        while (await node._process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("ready", StringComparison.Ordinal))
            {
                node.ReadyLine = line;
                return node;
            }
        }

        await node.DisposeAsync();
        throw new InvalidOperationException("pcl-node ended before it was ready:\n" + node.Log);
    }

    /// <summary>Calls a function through this node.</summary>
    public Task<ProgramResult> InvokeAsync(params string[] arguments) =>
        Programs.RunAsync(Programs.PathOf("pcl-invoke"), ["--node", Unix, .. arguments], ClientEnvironment);

    /// <summary>Runs the tool box against this node.</summary>
    public Task<ProgramResult> PclAsync(params string[] arguments) =>
        Programs.RunAsync(Programs.PathOf("pcl"), ["--node", Unix, .. arguments], ClientEnvironment);

    /// <summary>Runs the tool box against this node with something on its standard input.</summary>
    public Task<ProgramResult> PclAsync(byte[] input, params string[] arguments) =>
        Programs.RunAsync(Programs.PathOf("pcl"), ["--node", Unix, .. arguments], ClientEnvironment, input);

    /// <summary>Starts the tool box as a long-running server and waits for its line on stdout that begins with "ready".</summary>
    public Task<Process> ServeAsync(params string[] arguments) => ServeAsync([], arguments);

    /// <summary>Starts the tool box as a long-running server that reads something, and waits for its "ready".</summary>
    public async Task<Process> ServeAsync(byte[] input, params string[] arguments)
    {
        var start = new ProcessStartInfo(Programs.PathOf("pcl"), ["--node", Unix, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start)!;
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(ReadyLimit);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("ready", StringComparison.Ordinal))
            {
                return process;
            }
        }

        throw new InvalidOperationException("pcl ended before it was ready: " + await process.StandardError.ReadToEndAsync());
    }

    /// <summary>Environment of the callers: keys they learn to trust go to a folder of this node's test.</summary>
    public Dictionary<string, string> ClientEnvironment => new() { ["PICCOLO_STATE"] = Path.Combine(_work, "client") };

    /// <summary>Ends the node at once, as a crash would.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    /// <summary>Ends the node as an operator does and returns its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        (await Programs.RunAsync("kill", ["-TERM", $"{_process.Id}"])).MustSucceed();
        using var limit = new CancellationTokenSource(ReadyLimit);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
        Directory.Delete(_work, recursive: true);
        await Task.CompletedTask;
    }

    private string Uri(string scheme) =>
        ReadyLine.Split(' ').FirstOrDefault(part => part.StartsWith(scheme, StringComparison.Ordinal))
        ?? throw new InvalidOperationException($"the ready line names no {scheme}: {ReadyLine}");

    private void Record(string? line)
    {
        lock (_log)
        {
            _log.AppendLine(line);
        }
    }
}
