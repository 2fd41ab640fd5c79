using System.CommandLine;

namespace Piccolo.Cli.Commands;

/// <summary>The program <c>pcl</c>: everything an operator asks of a node.</summary>
public static class ToolBox
{
    /// <summary>Runs one command.</summary>
    /// <returns>0 when it did what was asked, 1 when it could not, 2 when the command line was wrong.</returns>
    public static Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("pcl: the tool box of Piccolo, for NDN forwarders that speak NFD's management protocol.")
        {
            StatusCommands.Create(),
            FaceCommands.Create(),
            RouteCommands.Create(),
            FibCommands.Create(),
            StrategyCommands.Create(),
            ContentStoreCommands.Create(),
            FunctionCommands.Create(),
            NodeCommands.Create(),
            PeekCommand.Create(),
            PokeCommand.Create(),
            PingCommands.CreatePing(),
            PingCommands.CreateServer(),
            ObjectCommands.CreatePut(),
            ObjectCommands.CreateCat(),
        };
        CommonOptions.AddTo(root);
        return CommandRunner.RunAsync("pcl", root, arguments);
    }
}
