using System.Diagnostics;

namespace Repo.Tests;

/// <summary>The checkout that the tests look at: found from the test assembly upwards.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Piccolo.Icn.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every file that git tracks or would track, as paths relative to the root with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = ListFiles();

    /// <summary>The text of a tracked file.</summary>
    public static string Read(string relativePath) => File.ReadAllText(Path.Combine(Root, relativePath));

    /// <summary>Runs a program in the root and returns its exit code and everything it printed.</summary>
    public static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
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

    private static string[] ListFiles()
    {
        (int exitCode, string output) = Run("git", "ls-files", "--cached", "--others", "--exclude-standard");
        if (exitCode != 0)
        {
            throw new InvalidOperationException("git ls-files failed: " + output);
        }

        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(path => File.Exists(Path.Combine(Root, path)))
            .Order(StringComparer.Ordinal)];
    }
}
