using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Piccolo.Bench.Micro;

/// <summary>Runs the small benchmarks in this process: no project is generated or restored, so that it works offline.</summary>
internal static class MicroBenchmarks
{
    /// <summary>Runs them all, or those that BenchmarkDotNet's own arguments choose.</summary>
    public static int Run(string[] arguments)
    {
        Job job = Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(3)
            .WithIterationCount(arguments.Contains("--quick") ? 3 : 8)
            .WithIterationTime(TimeInterval.FromMilliseconds(200))
            .WithId("InProcess");
        IConfig config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddLogger(ConsoleLogger.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddExporter(MarkdownExporter.Console)
            .WithArtifactsPath(Path.Combine(Processes.Root, "out", "bench"))
            .WithOptions(ConfigOptions.JoinSummary);
        string[] rest = [.. arguments.Where(argument => argument != "--quick")];
        BenchmarkSwitcher all = BenchmarkSwitcher.FromTypes([typeof(CodecBenchmarks), typeof(TableBenchmarks)]);
        all.Run(rest.Length == 0 ? ["--filter", "*"] : rest, config);
        return 0;
    }
}
