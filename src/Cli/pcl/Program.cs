using Piccolo.Cli.Commands;

return await ToolBox.RunAsync(args);
