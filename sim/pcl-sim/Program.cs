using Piccolo.Sim.Cli.Commands;

namespace Piccolo.Sim.Cli;

/// <summary>The simulator's command line.</summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments) => SimulatorCommands.RunAsync(arguments);
}
