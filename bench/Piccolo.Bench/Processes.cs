using System.Diagnostics;
using Piccolo.Bench.Runs;

namespace Piccolo.Bench;

/// <summary>Programs that a benchmark starts and ends.</summary>
internal static class Processes
{
    /// <summary>The folder that holds Piccolo.Icn.sln.</summary>
    public static string Root => Repository.Root;

    /// <summary>A program of ours, as <c>./build</c> leaves it.</summary>
    public static string Program(string name) => Path.Combine(Root, "out", "bin", name);

    /// <summary>Runs a program to its end and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message carries what it said.</exception>
    public static string Run(string program, params string[] arguments)
    {
        using Process process = Start(program, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {errors.Result}{output}");
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

    /// <summary>Waits for the line by which a server says that it serves, and returns it.</summary>
    public static string WaitUntilReady(Process server)
    {
        while (server.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith("ready", StringComparison.Ordinal))
            {
                _ = server.StandardOutput.ReadToEndAsync();
                _ = server.StandardError.ReadToEndAsync();
                return line;
            }
        }

        throw new InvalidOperationException("a server ended before it was ready: " + server.StandardError.ReadToEnd());
    }

    /// <summary>Ends a program the way an operator does, and waits.</summary>
    public static void Stop(Process process)
    {
        if (!process.HasExited)
        {
            using Process kill = Start("kill", "-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
            kill.WaitForExit();
            if (!process.WaitForExit(10_000))
            {
                process.Kill();
            }
        }

        process.Dispose();
    }
}
