using Piccolo.Cli.Invoke;

return await InvokeProgram.RunAsync(args);
