using System.CommandLine;
using Piccolo.Cli.Nodes;
using Piccolo.Cli.Output;
using Piccolo.Sdk;

namespace Piccolo.Cli.Commands;

/// <summary>Runs commands and turns what goes wrong into one sentence and an exit code.</summary>
internal static class CommandRunner
{
    private const int Failed = 1;
    private const int WrongUsage = 2;

    /// <summary>Parses and runs a command line.</summary>
    public static async Task<int> RunAsync(string program, RootCommand root, string[] arguments)
    {
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors)
            {
                CommandOutput.Error(program, error.Message);
            }

            Console.Error.WriteLine($"Try '{program} --help'.");
            return WrongUsage;
        }

        try
        {
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (Exception error) when (error is CliException or PiccoloException or IOException or UnauthorizedAccessException)
        {
            CommandOutput.Error(program, error.Message);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            CommandOutput.Error(program, "interrupted");
            return Failed;
        }
    }

    /// <summary>Gives a command its action: open the node, do the work, close.</summary>
    public static void OnNode(this Command command, Func<NodeSession, ParseResult, CommandOutput, CancellationToken, Task> action) =>
        command.SetAction(async (parsed, cancellation) =>
        {
            NodeSession session = await NodeSession.OpenAsync(parsed.GetValue(CommonOptions.Node), cancellation).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                await action(session, parsed, new CommandOutput(parsed.GetValue(CommonOptions.Json)), cancellation)
                    .ConfigureAwait(false);
            }

            return 0;
        });
}
