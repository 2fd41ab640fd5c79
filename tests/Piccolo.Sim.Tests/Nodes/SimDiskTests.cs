using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Tests.Applications;
using Piccolo.Sim.Topologies;
using static Piccolo.Sim.Tests.Applications.Lines;

namespace Piccolo.Sim.Tests.Nodes;

/// <summary>Disks are slow, full and torn, and what a repository serves afterwards is whole.</summary>
public class SimDiskTests
{
    private static readonly LinkSettings Link = new() { DelayNs = Millisecond };

    [Fact]
    public void Disk_takes_its_time_one_operation_after_the_other()
    {
        using SimNetwork network = Make(2, Link, all: new NodeSettings
        {
            Disk = new DiskSettings { LatencyNs = 10 * Millisecond, FlushNs = 5 * Millisecond, OctetsPerSecond = 1_000_000 },
        });
        List<long> ends = [];
        network.Nodes[1].Add(() => new Own(async (it, _) =>
        {
            Task first = it.Node.Disk.WriteAsync("a", new byte[100_000]);
            Task second = it.Node.Disk.AppendAsync("a", new byte[50_000]);
            await first;
            ends.Add(it.NowNs);
            await second;
            ends.Add(it.NowNs);
            await it.Node.Disk.FlushAsync("a");
            ends.Add(it.NowNs);
            Assert.Equal(150_000, (await it.Node.Disk.ReadAsync("a")).Length);
            ends.Add(it.NowNs);
        }));
        network.RunUntil(Second);
        Assert.Equal([110 * Millisecond, 170 * Millisecond, 185 * Millisecond, 345 * Millisecond], ends);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Code_of_a_crashed_node_does_not_go_on_because_its_disk_was_at_work(bool fails)
    {
        using SimNetwork network = Make(2, Link, all: new NodeSettings
        {
            Disk = new DiskSettings { LatencyNs = 10 * Millisecond, Torn = TornWrites.Prefix },
        });
        int lives = 0;
        List<string> seen = [];
        network.Nodes[1].Add(() => new Own(async (it, _) =>
        {
            int life = ++lives;
            for (int i = 0; ; i++)
            {
                seen.Add($"{life}: {i} at {it.NowNs / Millisecond}");
                try
                {
                    await (fails ? it.Node.Disk.ReadAsync("missing") : it.Node.Disk.AppendAsync("a", new byte[1]));
                }
                catch (FileNotFoundException)
                {
                    seen.Add($"{life}: missing");
                }
            }
        }));
        network.At(25 * Millisecond, network.Nodes[1].Crash);
        network.At(50 * Millisecond, () => network.Nodes[1].Restart());
        network.RunUntil(65 * Millisecond);
        Assert.Equal(
            ["1: 0 at 0", "1: 1 at 10", "1: 2 at 20", "2: 0 at 50", "2: 1 at 60"],
            seen.Where(static line => !line.EndsWith("missing", StringComparison.Ordinal)));
    }

    [Fact]
    public void Full_disk_names_itself_and_keeps_what_it_has()
    {
        using SimNetwork network = Make(2, Link, all: new NodeSettings { Disk = new DiskSettings { CapacityOctets = 100 } });
        string message = "";
        network.Nodes[1].Add(() => new Own(async (it, _) =>
        {
            await it.Node.Disk.WriteAsync("a", new byte[60]);
            IOException error = await Assert.ThrowsAsync<DiskFullException>(() => it.Node.Disk.AppendAsync("b", new byte[41]));
            message = error.Message;
            await it.Node.Disk.WriteAsync("a", new byte[100]);
            await Assert.ThrowsAsync<FileNotFoundException>(() => it.Node.Disk.ReadAsync("b"));
        }));
        network.RunUntil(Second);
        Assert.Equal("the disk of node 'n1' is full: 'b' needs 41 octets more, and 40 are free", message);
        Assert.Equal(100, network.Nodes[1].Disk.UsedOctets);
    }

    [Theory]
    [InlineData(TornWrites.Lost, 0)]
    [InlineData(TornWrites.Prefix, 1)]
    [InlineData(TornWrites.PrefixAndGarbage, 1)]
    public void Repository_finds_what_a_crash_tore_and_publishes_it_again(TornWrites torn, int damagedLeast)
    {
        using SimNetwork network = Make(2, Link, all: new NodeSettings { Disk = new DiskSettings { Torn = torn } });
        Repository life = Publish(network, flushEvery: 10);
        network.At(Second + 345 * Millisecond, network.Nodes[1].Crash);
        network.At(2 * Second, () => network.Nodes[1].Restart());
        network.RunUntil(2 * Second);
        Assert.InRange(life.PublishedCount, 30, 39);
        network.RunUntil(2 * Second + 1);
        network.RunUntil(20 * Second);

        life = Assert.IsType<Repository>(network.Nodes[1].Applications[0]);
        Assert.InRange(life.RecoveredCount, 30, 39);
        Assert.True(life.DamagedCount >= damagedLeast, $"{life.DamagedCount} were damaged");
        Assert.Equal(100, life.RecoveredCount + life.PublishedCount);
        var consumer = Assert.IsType<Consumer>(network.Nodes[0].Applications[0]);
        Assert.Equal(100, consumer.ReceivedCount);
        AssertNoFrameIsOut(network);
    }

    [Theory]
    [InlineData(RestartState.Disk, true)]
    [InlineData(RestartState.DiskAndTables, true)]
    [InlineData(RestartState.Nothing, false)]
    public void What_was_flushed_survives_a_crash_unless_the_node_is_replaced(RestartState state, bool survives)
    {
        using SimNetwork network = Make(2, Link);
        Publish(network, flushEvery: 1);
        network.At(Second + 500 * Millisecond, network.Nodes[1].Crash);
        network.At(2 * Second, () => network.Nodes[1].Restart(state));
        network.RunUntil(3 * Second);
        var life = Assert.IsType<Repository>(network.Nodes[1].Applications[0]);
        Assert.Equal(survives, life.RecoveredCount > 30);
    }

    [Fact]
    public void Repository_on_a_full_disk_serves_what_it_has()
    {
        using SimNetwork network = Make(2, Link, all: new NodeSettings { Disk = new DiskSettings { CapacityOctets = 50_000 } });
        Repository life = Publish(network, flushEvery: 1);
        network.RunUntil(30 * Second);
        Assert.Contains("is full", life.Trouble, StringComparison.Ordinal);
        Assert.Equal(50_000 / (1024 + 32), life.PublishedCount);
        Assert.Equal(life.PublishedCount, Assert.IsType<Consumer>(network.Nodes[0].Applications[0]).ReceivedCount);
    }

    [Fact]
    public void Slow_disk_is_a_part_of_the_delay()
    {
        long[] delays = [.. new long[] { 0, 30 * Millisecond }.Select(latencyNs =>
        {
            using SimNetwork network = Make(2, Link, all: new NodeSettings { Disk = new DiskSettings { LatencyNs = latencyNs } });
            var log = new Delays();
            network.ApplicationLog = log;
            Publish(network, flushEvery: 1, consumerStartNs: 15 * Second);
            network.RunUntil(20 * Second);
            return log.Least;
        })];
        Assert.Equal(30 * Millisecond, delays[1] - delays[0]);
    }

    private static Repository Publish(SimNetwork network, int flushEvery, long consumerStartNs = 3 * Second)
    {
        var prefix = Name.Parse("/repo");
        RouteToLast(network, "/repo");
        network.Nodes[0].Add(
            () => new Consumer(new ConsumerSettings
            {
                Prefix = prefix,
                Gap = Distribution.Constant(50 * Millisecond),
                CountMax = 100,
                LifetimeMs = 300,
                RetransmissionsMax = 30,
            }),
            consumerStartNs);
        return (Repository)network.Nodes[1].Add(
            () => new Repository(new RepositorySettings { Prefix = prefix, FlushEvery = flushEvery }), Second);
    }

    private sealed class Delays : IApplicationLog
    {
        public long Least { get; private set; } = long.MaxValue;

        public void OnAnswered(SimApplication application, long sequence, long lastDelayNs, long fullDelayNs, int retransmissions) =>
            Least = Math.Min(Least, fullDelayNs);

        public void OnTimeout(SimApplication application, long sequence)
        {
        }

        public void OnCall(SimApplication application, in CallRecord call)
        {
        }
    }
}
