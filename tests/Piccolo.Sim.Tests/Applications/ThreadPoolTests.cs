using System.Globalization;
using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Topologies;
using static Piccolo.Sim.Tests.Applications.Lines;

namespace Piccolo.Sim.Tests.Applications;

/// <summary>Counts the thread pool's work, so nothing else may run meanwhile.</summary>
[Collection("alone")]
public class ThreadPoolTests
{
    private const int CallCount = 100;

    [Fact]
    public void Calls_and_their_large_arguments_touch_no_thread_of_the_machine()
    {
        string said = "";
        List<long> counts = [];

        // The test host itself uses the pool meanwhile, so the quietest of some runs counts. Code of ours that went there would do so at
        // least once for each call, in every run.
        for (int i = 0; i < 20 && !counts.Contains(0); i++)
        {
            Thread.Sleep(i);
            long done = 0;
            var thread = new Thread(() =>
            {
                long before = ThreadPool.CompletedWorkItemCount;
                said = Call();
                done = ThreadPool.CompletedWorkItemCount - before;
            });
            thread.Start();
            thread.Join();
            counts.Add(done);
        }

        Assert.Equal($"{CallCount} of {CallCount}", said);
        Assert.True(counts.Min() < CallCount / 2, $"work items of each run: {string.Join(", ", counts)}");
    }

    private static string Call()
    {
        var cpu = new CpuSettings { SignNs = 300_000, VerifyNs = 200_000, FuelPerSecond = 1_000_000 };
        using SimNetwork network = Make(4, new LinkSettings { DelayNs = 5 * Millisecond }, all: new NodeSettings { Cpu = cpu });
        CallRecord[] calls = FunctionCallTests.Run(network, new FunctionClientSettings
        {
            Function = Name.Parse("/fn/sum"),
            Kind = "sum",
            ArgumentOctets = 5000,
            CountMax = CallCount,
            Outstanding = 3,
            ReplyPrefix = Name.Parse("/reply"),
        });
        return string.Create(CultureInfo.InvariantCulture, $"{calls.Count(static one => one.IsSuccessful)} of {calls.Length}");
    }

    /// <summary>Runs its tests while no other test runs.</summary>
    [CollectionDefinition("alone", DisableParallelization = true)]
    public sealed class Alone;
}
