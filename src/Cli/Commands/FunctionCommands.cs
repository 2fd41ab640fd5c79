using System.CommandLine;
using Piccolo.Cli.Output;
using Piccolo.Rice.Messages;

namespace Piccolo.Cli.Commands;

/// <summary><c>pcl fn</c>: the functions of the node.</summary>
internal static class FunctionCommands
{
    private sealed record FunctionRow(string Name, string Kind, ulong Version, string Parameters, string Summary);

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("fn", "Show the functions that the node runs.");
        var list = new Command("list", "List them with their kind, code version and parameters.");
        list.OnNode(async (session, _, output, cancellation) =>
        {
            IReadOnlyList<FunctionDescriptor> functions =
                await session.Client.ListFunctionsAsync(cancellation).ConfigureAwait(false);
            List<FunctionRow> rows = [.. functions.Select(function => new FunctionRow(
                function.Name.ToString(), function.Kind.ToString().ToLowerInvariant(), function.CodeVersion,
                string.Join(", ", function.Parameters.Select(Describe)), function.Summary))];
            output.Table(
                rows,
                "the node runs no functions",
                ("function", r => r.Name),
                ("kind", r => r.Kind),
                ("version", r => Texts.Id(r.Version)),
                ("parameters", r => r.Parameters),
                ("summary", r => r.Summary));
        });
        command.Subcommands.Add(list);
        return command;
    }

    private static string Describe(ParameterDescriptor parameter) =>
        $"{parameter.Name}: {parameter.Type.ToString().ToLowerInvariant()}{(parameter.IsOptional ? "?" : "")}";
}
