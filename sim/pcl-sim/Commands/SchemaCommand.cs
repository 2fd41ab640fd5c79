using System.CommandLine;
using Piccolo.Sim.Scenarios;

namespace Piccolo.Sim.Cli.Commands;

/// <summary><c>pcl-sim schema</c>: the JSON Schema of scenarios, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var command = new Command("schema", "Print the JSON Schema of scenario files.");
        command.SetAction(_ => Console.Out.Write(Scenario.Schema));
        return command;
    }
}
