using System.CommandLine;
using Piccolo.Sim.Cli.Output;
using Piccolo.Sim.Reports;

namespace Piccolo.Sim.Cli.Commands;

/// <summary>The program <c>pcl-sim</c>.</summary>
internal static class SimulatorCommands
{
    private const int Failed = 1;
    private const int WrongUsage = 2;

    /// <summary>Runs one command.</summary>
    /// <returns>0 when all is as expected, 1 when it is not or could not be done, 2 when the command line was wrong.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("pcl-sim: Piccolo's simulator. The forwarder, client and functions of the daemon, on virtual time.")
        {
            RunCommand.Create(),
            SweepCommand.Create(),
            SwarmCommand.Create(),
            ReplayCommand.Create(),
            TopologyCommand.Create(),
            SchemaCommand.Create(),
        };
        CommonOptions.AddTo(root);
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors)
            {
                SimOutput.Error(error.Message);
            }

            Console.Error.WriteLine("Try 'pcl-sim --help'.");
            return WrongUsage;
        }

        try
        {
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ScenarioException or OutputException or IOException or UnauthorizedAccessException)
        {
            SimOutput.Error(error.Message);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            SimOutput.Error("interrupted");
            return Failed;
        }
    }
}
