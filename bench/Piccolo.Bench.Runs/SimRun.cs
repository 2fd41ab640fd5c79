using System.Diagnostics;
using System.Globalization;
using Piccolo.Sim;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Network;
using Piccolo.Sim.Topologies;

namespace Piccolo.Bench.Runs;

/// <summary>Measures one simulation.</summary>
internal static class SimRun
{
    private const long NsPerSecond = 1_000_000_000;
    private const double OctetsPerMiB = 1 << 20;

    /// <summary>Runs it as often as it says to warm up, then once more, and says what that cost.</summary>
    public static RunFigures Measure(RunSpec spec)
    {
        for (int i = 0; i < spec.WarmUps; i++)
        {
            MeasureOnce(spec);
        }

        return MeasureOnce(spec);
    }

    private static RunFigures MeasureOnce(RunSpec spec)
    {
        double before = ResidentMemory.NowMiB;
        Topology topology = Workload.Topology(spec);
        long start = Stopwatch.GetTimestamp();
        using SimNetwork network = Workload.Network(spec, topology, out List<Flow> flows);
        double build = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double grown = ResidentMemory.NowMiB - before;
        RouteCost routes = Workload.AddRoutes(network, spec, flows);

        // What building left is not the run's to clean up; collecting it leaves the run's own pauses in the run.
        GC.Collect();
        int small = GC.CollectionCount(0);
        int full = GC.CollectionCount(2);
        long allocated = GC.GetTotalAllocatedBytes();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        start = Stopwatch.GetTimestamp();
        network.RunUntil(spec.Seconds * NsPerSecond);
        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        cpu = Environment.CpuUsage.TotalTime - cpu;
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        string collections = $"{GC.CollectionCount(0) - small}/{GC.CollectionCount(2) - full}";
        List<Consumer> consumers = [.. network.Nodes.SelectMany(static node => node.Applications.OfType<Consumer>())];
        return new RunFigures(
            build,
            grown,
            routes.ComputeSeconds,
            routes.InstallSeconds,
            routes.Count,
            topology.Nodes.Count,
            wall,
            cpu.TotalSeconds,
            network.LinkFrameCount,
            network.EventCount,
            consumers.Sum(static consumer => consumer.RequestedCount),
            consumers.Sum(static consumer => consumer.ReceivedCount),
            network.Links.Sum(static link => Dropped(link.AtoB) + Dropped(link.BtoA)),
            ResidentMemory.NowMiB,
            ResidentMemory.PeakMiB,
            collections,
            allocated / OctetsPerMiB,
            network.PartitionCount,
            network.Digest.ToString("x16", CultureInfo.InvariantCulture));
    }

    private static long Dropped(LinkDirection direction) => direction.Counters.DroppedQueue;
}
