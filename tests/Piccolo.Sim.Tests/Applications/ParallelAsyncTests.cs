using System.Globalization;
using Piccolo.Ndn;
using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Network;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Topologies;
using static Piccolo.Sim.Tests.Applications.Lines;

namespace Piccolo.Sim.Tests.Applications;

/// <summary>Async applications whose work takes processor and disk give the same results on any number of threads.</summary>
public class ParallelAsyncTests
{
    private static readonly string[] Six = ["n0", "n1", "n2", "n3", "n4", "n5"];

    [Fact]
    public void Results_of_work_that_takes_processor_and_disk_are_those_of_one_thread()
    {
        Outcome one = Run(1);
        Assert.True(one.Lines.Count > 500, $"{one.Lines.Count} lines are too few");
        Assert.Contains(one.Lines, static line => line.Contains("call", StringComparison.Ordinal));
        Assert.Contains(one.Lines, static line => line.Contains("is full", StringComparison.Ordinal));
        foreach (int partitions in new[] { 2, 3 })
        {
            Outcome other = Run(partitions);
            Assert.Equal(one.Lines, other.Lines);
            Assert.Equal((one.Digest, one.Events), (other.Digest, other.Events));
        }

        Assert.NotEqual(one.Digest, Run(3, seed: 2).Digest);
    }

    private static Outcome Run(int partitions, ulong seed = 1)
    {
        var link = new LinkSettings { RateBps = 2_000_000, DelayNs = 3 * Millisecond };
        var node = new NodeSettings
        {
            Cpu = new CpuSettings { Cores = 2, PacketNs = 30_000, SignNs = 300_000, VerifyNs = 200_000, FuelPerSecond = 1_000_000 },
            Disk = new DiskSettings
            {
                LatencyNs = Millisecond,
                FlushNs = 4 * Millisecond,
                OctetsPerSecond = 1_000_000,
                CapacityOctets = 60_000,
                Torn = TornWrites.Prefix,
            },
        };
        using SimNetwork network = Make(6, link, seed, partitions, node);
        Assert.Equal(partitions, network.PartitionCount);
        List<string>[] logs = [.. Six.Select(static _ => new List<string>())];
        for (int i = 0; i < Six.Length; i++)
        {
            List<string> log = logs[i];
            network.Nodes[i].Add(() => new Own((it, stop) => WorkAsync(it, log, stop)));
        }

        RouteToLast(network, "/repo");
        network.Nodes[5].Add(() => new Repository(
            new RepositorySettings { Prefix = Name.Parse("/repo"), ObjectCount = 40, FlushEvery = 3 }));
        network.Nodes[1].Add(() => new Consumer(new ConsumerSettings
        {
            Prefix = Name.Parse("/repo"),
            Gap = Distribution.PoissonGapsNs(20),
            Popularity = new ZipfMandelbrot(40),
        }));
        FaultInjector.Install(
            network,
            new FaultSchedule { Nodes = [new("n2", 2 * Second, 3 * Second, KeepsState: true), new("n4", 9 * Second)] },
            10 * Second);
        CallRecord[] calls = FunctionCallTests.Run(network, new FunctionClientSettings
        {
            Function = Name.Parse("/fn/burn"),
            Kind = "burn",
            Fuel = 20_000,
            Gap = Distribution.PoissonGapsNs(30),
            Outstanding = 20,
        });
        List<string> lines =
        [
            .. logs.SelectMany(static (log, i) => log.Select(line => $"n{i} {line}")),
            .. calls.Select(static call => $"call {call}"),
            .. network.Nodes.Select(static one => string.Create(
                CultureInfo.InvariantCulture,
                $"{one.Name} cpu {one.Cpu.BusyNs} {one.Cpu.FuelCharged} {one.Cpu.DroppedFrames}")
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $" disk {one.Disk.UsedOctets} {one.Disk.BusyNs} {one.Disk.FullCount} {one.Disk.TornCount} {one.Digest:x16}")),
            .. network.Links.Select(static one => $"{one.AtoB.Counters} {one.BtoA.Counters}"),
        ];
        return new Outcome(network.Digest, network.EventCount, lines);
    }

    /// <summary>Work of random length, a file that grows until the disk is full, and what is left of it after a crash.</summary>
    private static async Task WorkAsync(Own it, List<string> log, CancellationToken stop)
    {
        void Note(string what) => log.Add(string.Create(CultureInfo.InvariantCulture, $"{it.NowNs} {what}"));
        SimDisk disk = it.Node.Disk;
        foreach (string name in await disk.ListAsync())
        {
            Note($"{name} has {(await disk.ReadAsync(name)).Length}");
        }

        IRandomSource random = it.Node.Network.Random.For("test.work", it.Node.Index);
        for (int i = 0; !stop.IsCancellationRequested; i++)
        {
            await it.Wait((10 + random.NextBelow(20)) * Millisecond);
            it.Node.Cpu.ChargeFuel(random.NextBelow(10_000));
            Task<byte[]>? reading = i > 0 && i % 5 == 0 ? disk.ReadAsync("log") : null;
            try
            {
                await disk.AppendAsync("log", new byte[random.NextBelow(1_000)]);
                if (i % 3 == 0)
                {
                    await disk.FlushAsync("log");
                }
            }
            catch (DiskFullException error)
            {
                Note(error.Message);
                await disk.DeleteAsync("log");
                await disk.AppendAsync("log", new byte[1]);
            }

            Note($"{i} {disk.UsedOctets} {(reading is null ? -1 : (await reading).Length)}");
        }
    }

    private sealed record Outcome(ulong Digest, long Events, IReadOnlyList<string> Lines);
}
