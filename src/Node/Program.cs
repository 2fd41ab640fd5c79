using Piccolo.Node;

return await NodeProgram.RunAsync(args);
