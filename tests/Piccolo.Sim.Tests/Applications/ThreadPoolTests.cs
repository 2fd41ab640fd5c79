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
    [Fact]
    public void Calls_and_their_large_arguments_touch_no_thread_of_the_machine()
    {
        string said = "";
        List<long> counts = [];

        // The test host itself uses the pool, more so right after other tests: of many runs, with pauses, the quietest counts. Code of
        // ours that went there would be in every run.
        for (int i = 0; i < 80 && !counts.Contains(0); i++)
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

        Assert.Equal("20 of 20", said);
        Assert.True(counts.Contains(0), $"work items of each run: {string.Join(", ", counts)}");
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
            CountMax = 20,
            Outstanding = 3,
            ReplyPrefix = Name.Parse("/reply"),
        });
        return string.Create(CultureInfo.InvariantCulture, $"{calls.Count(static one => one.IsSuccessful)} of {calls.Length}");
    }

    /// <summary>Runs its tests while no other test runs.</summary>
    [CollectionDefinition("alone", DisableParallelization = true)]
    public sealed class Alone;
}
