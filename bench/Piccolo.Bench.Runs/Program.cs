using System.Text.Json;

namespace Piccolo.Bench.Runs;

/// <summary>Measures one simulation, in a process of its own so that memory and compiled code are its own.</summary>
/// <remarks><c>sim-run RUN</c>: the run and its figures are JSON objects, <see cref="RunSpec"/> and <see cref="RunFigures"/>.</remarks>
internal static class Program
{
    private const int WrongUsage = 2;

    private static int Main(string[] arguments)
    {
        if (arguments.Length != 1)
        {
            Console.Error.WriteLine("""usage: sim-run '{"Kind":"line","Size":10,"Flows":1,"Rate":1000,"Cache":100,"Seconds":100}'""");
            return WrongUsage;
        }

        try
        {
            Console.WriteLine(SimRun.Measure(RunSpec.FromArgument(arguments[0])).ToText());
            return 0;
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            Console.Error.WriteLine($"sim-run: {error.Message}");
            return WrongUsage;
        }
    }
}
