using Piccolo.Bench.Runs;

namespace Piccolo.Bench.Sim;

/// <summary>The program that measures a simulation, each in a process of its own so that memory and compiled code are its own.</summary>
internal sealed class RunProgram
{
    private readonly string[] _command;

    private RunProgram(string name, params string[] command)
    {
        Name = name;
        _command = command;
    }

    /// <summary>How it was compiled, for those who read its figures.</summary>
    public string Name { get; }

    /// <summary>Compiled ahead of time by <c>bench/run</c>, where it could; else while it runs.</summary>
    public static RunProgram Best
    {
        get
        {
            string native = Path.Combine(Repository.Root, "out", "bench", "sim-run", "sim-run");
            return File.Exists(native) ? new RunProgram("compiled ahead of time", native) : JustInTime;
        }
    }

    /// <summary>Compiled while it runs, as <c>dotnet</c> does with a program that a user builds.</summary>
    public static RunProgram JustInTime => new(
        "compiled while it runs", Environment.ProcessPath ?? "dotnet", Path.Combine(AppContext.BaseDirectory, "sim-run.dll"));

    /// <summary>Measures a run.</summary>
    public RunFigures Measure(RunSpec spec) => RunFigures.FromText(Processes.Run(_command[0], [.. _command[1..], spec.ToArgument()]));
}
