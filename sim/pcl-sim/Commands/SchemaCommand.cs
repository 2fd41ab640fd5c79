using System.CommandLine;
using Piccolo.Sim.Scenarios;

namespace Piccolo.Sim.Cli.Commands;

/// <summary><c>pcl-sim schema</c>: the JSON Schema of scenarios, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var keys = new Option<bool>("--keys") { Description = "Print all keys as Markdown instead, as docs/simulation.md has them." };
        var command = new Command("schema", "Print the JSON Schema of scenario files.") { keys };
        command.SetAction(parsed => Console.Out.Write(parsed.GetValue(keys) ? Scenario.Keys : Scenario.Schema));
        return command;
    }
}
