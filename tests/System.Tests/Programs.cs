using System.Diagnostics;

namespace Piccolo.SystemTests;

/// <summary>The programs under test, as <c>./build</c> leaves them in out/bin.</summary>
internal static class Programs
{
    private static readonly TimeSpan RunLimit = TimeSpan.FromSeconds(120);

    /// <summary>The folder that holds Piccolo.Icn.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The path of a program.</summary>
    /// <exception cref="InvalidOperationException">It has not been built.</exception>
    public static string PathOf(string name)
    {
        string path = Path.Combine(Root, "out", "bin", name);
        return File.Exists(path) ? path : throw new InvalidOperationException($"{path} is missing: run ./build first");
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Name or path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables to set.</param>
    /// <param name="input">What it reads on its standard input.</param>
    public static async Task<ProgramResult> RunAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null, byte[]? input = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Root,
        };
        foreach ((string key, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        var clock = Stopwatch.StartNew();
        using Process process = Process.Start(start)!;
        using var output = new MemoryStream();
        Task reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (input is not null)
        {
            await process.StandardInput.BaseStream.WriteAsync(input);
        }

        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(RunLimit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} ran longer than {RunLimit}");
        }

        await reading;
        return new ProgramResult(process.ExitCode, output.ToArray(), await errors, clock.Elapsed);
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
