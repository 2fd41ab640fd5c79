using System.Diagnostics;

namespace Piccolo.Sim.Tests.Validation.Reality;

/// <summary>Programs of this machine and of ours.</summary>
internal static class Commands
{
    private static readonly TimeSpan RunLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(30);

    /// <summary>The folder that holds Piccolo.Icn.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The path of a program of ours, as <c>./build</c> leaves it.</summary>
    public static string Program(string name) => Path.Combine(Root, "out", "bin", name);

    /// <summary>Whether a program is on the path.</summary>
    public static bool IsOnPath(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, name)));

    /// <summary>Runs a program to its end; returns whether it succeeded, and what it said.</summary>
    public static (bool IsSuccess, string Output) Try(string program, params string[] arguments)
    {
        using Process process = Start(program, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(RunLimit))
        {
            process.Kill(entireProcessTree: true);
            return (false, $"longer than {RunLimit}");
        }

        return (process.ExitCode == 0, output.Result + errors.Result);
    }

    /// <summary>Runs a program to its end and returns what it said.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Run(string program, params string[] arguments)
    {
        (bool isSuccess, string output) = Try(program, arguments);
        return isSuccess ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {output}");
    }

    /// <summary>Starts a program with its output in pipes.</summary>
    public static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Root,
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
    }

    /// <summary>Waits for the line by which a server says that it serves.</summary>
    public static async Task WaitUntilReadyAsync(Process server)
    {
        using var limit = new CancellationTokenSource(ReadyLimit);
        while (await server.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("ready", StringComparison.Ordinal))
            {
                _ = server.StandardOutput.ReadToEndAsync(CancellationToken.None);
                _ = server.StandardError.ReadToEndAsync(CancellationToken.None);
                return;
            }
        }

        string errors = await server.StandardError.ReadToEndAsync(limit.Token);
        throw new InvalidOperationException($"a server ended before it was ready: {errors}");
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Piccolo.Icn.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("Piccolo.Icn.sln is in no folder above the tests");
    }
}
