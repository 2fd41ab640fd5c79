using System.Diagnostics;

namespace Piccolo.Sim.Tests.Cli;

/// <summary>Runs the real program, as a user would.</summary>
internal static class SimulatorProgram
{
    /// <summary>The program, for <c>dotnet</c> to run.</summary>
    public static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "pcl-sim.dll");

    /// <summary>Runs it to its end.</summary>
    public static Task<(int Exit, string Out, string Error)> RunAsync(params string[] arguments) =>
        RunAsync("dotnet", [Assembly, .. arguments]);

    /// <summary>Runs some program to its end.</summary>
    public static async Task<(int Exit, string Out, string Error)> RunAsync(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
        Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        return (process.ExitCode, await output, await error);
    }
}
