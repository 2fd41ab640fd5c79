namespace Piccolo.Sim.Cli;

/// <summary>The simulator's command line.</summary>
internal static class Program
{
    private static int Main() => 0;
}
