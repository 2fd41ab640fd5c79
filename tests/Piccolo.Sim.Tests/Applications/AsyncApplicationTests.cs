using Piccolo.Sim.Nodes;
using Piccolo.Sim.Topologies;
using static Piccolo.Sim.Tests.Applications.Lines;

namespace Piccolo.Sim.Tests.Applications;

/// <summary>Ordinary async code runs in virtual time, and code that would leave it is refused.</summary>
public class AsyncApplicationTests
{
    private static readonly LinkSettings Link = new() { DelayNs = Millisecond };

    [Fact]
    public void Time_of_async_code_is_virtual_and_as_wrong_as_the_clock()
    {
        var clock = new ClockSettings { SkewNs = 5 * Second, DriftPpb = 500_000_000 };
        using SimNetwork network = Make(2, Link, all: new NodeSettings { Clock = clock });
        DateTimeOffset began = default;
        DateTimeOffset ended = default;
        long endedNs = 0;
        network.Nodes[1].Add(() => new Own(async (it, stop) =>
        {
            began = it.Clock.GetUtcNow();
            await Task.Delay(TimeSpan.FromSeconds(3), it.Clock, stop);
            ended = it.Clock.GetUtcNow();
            endedNs = it.NowNs;
        }));
        network.RunUntil(10 * Second);

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(NodeClock.UnixSecondsAtZero + 5), began);
        Assert.Equal(TimeSpan.FromSeconds(3), ended - began);
        Assert.Equal(2 * Second, endedNs);
    }

    [Theory]
    [InlineData("configure")]
    [InlineData("run")]
    [InlineData("delay")]
    public void Code_that_leaves_the_scheduler_is_refused_with_a_reason(string how)
    {
        using SimNetwork network = Make(2, Link, seed: 77);
        network.Nodes[1].Add(() => new Own(async (it, stop) =>
        {
            await it.Wait(Second);
            switch (how)
            {
                case "configure":
                    await it.Wait(Second).ConfigureAwait(false);
                    break;
                case "run":
                    await Task.Run(() => 1, stop);
                    break;
                default:
                    await Task.Delay(1, stop);
                    break;
            }

            await it.Wait(Second);
        }));

        SimulationException error = Assert.Throws<SimulationException>(() =>
        {
            for (long nowNs = 0; nowNs < 1000 * Second; nowNs += Second)
            {
                network.RunUntil(nowNs);
                Thread.Sleep(nowNs > 3 * Second ? 5 : 0);
            }
        });
        Assert.Equal("n1", error.Node);
        Assert.Equal(77ul, error.Seed);
        Assert.Contains("ConfigureAwait(false)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Synchronous_application_that_awaits_is_refused_when_it_comes_back_to_its_node()
    {
        using SimNetwork network = Make(2, Link, seed: 3);
        var waiter = (Waiter)network.Nodes[1].Add(() => new Waiter(async it =>
        {
            await Task.Delay(1);
            it.Send();
        }));
        network.RunUntil(1);
        Assert.Throws<SimulationException>(() => waiter.Running!.GetAwaiter().GetResult());

        // The task that failed is nobody's; the run says so.
        SimulationException error = Assert.Throws<SimulationException>(() => network.RunUntil(1));
        Assert.Equal(("n1", 3ul), (error.Node, error.Seed));
        Assert.Contains("thread of the machine", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Timer_that_a_thread_of_the_machine_sets_while_nodes_run_is_refused()
    {
        using SimNetwork network = Make(2, Link);
        network.Nodes[1].Add(() => new Waiter(it => RunElsewhere(it.Wait)));
        SimulationException error = Assert.Throws<SimulationException>(() => network.RunUntil(Second));
        Assert.Contains("thread of the machine", error.Message, StringComparison.Ordinal);

        // Nobody sees that it fails, and its node waits for it, so that it happens in the run for sure.
        static Task RunElsewhere(Action action)
        {
            Task elsewhere = Task.Run(action);
            ((IAsyncResult)elsewhere).AsyncWaitHandle.WaitOne();
            return elsewhere;
        }
    }

    [Fact]
    public void Network_at_rest_may_be_prepared_on_another_thread()
    {
        using SimNetwork network = Make(2, Link);
        bool hasFired = false;
        var thread = new Thread(() => network.Nodes[1].Schedule(5, () => hasFired = true));
        thread.Start();
        thread.Join();
        network.RunUntil(Second);
        Assert.True(hasFired);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_an_application_throws_ends_the_run_with_node_time_and_seed(int partitions)
    {
        using SimNetwork network = Make(2, Link, seed: 5, partitions: partitions);
        network.Nodes[1].Add(() => new Own(async (it, _) =>
        {
            await it.Wait(Second);
            throw new InvalidOperationException("no luck");
        }));
        SimulationException error = Assert.Throws<SimulationException>(() => network.RunUntil(10 * Second));
        Assert.Equal(("n1", Second, 5ul), (error.Node, error.TimeNs, error.Seed));
        Assert.IsType<InvalidOperationException>(error.InnerException);

        using SimNetwork other = Make(2, Link, seed: 5, partitions: partitions);
        other.Nodes[0].Add(() => new Thrower(), 3 * Second);
        error = Assert.Throws<SimulationException>(() => other.RunUntil(10 * Second));
        Assert.Equal(("n0", 3 * Second, 5ul), (error.Node, error.TimeNs, error.Seed));
        Assert.Contains("no luck", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_that_uses_another_node_is_refused_whether_or_not_it_is_in_the_same_partition()
    {
        using SimNetwork network = Make(2, Link);
        network.Nodes[0].Add(() => new Own(async (it, _) =>
        {
            await it.Wait(Second);
            Task writing = network.Nodes[1].Disk.WriteAsync("theirs", new byte[1]);
            await writing;
        }));
        SimulationException error = Assert.Throws<SimulationException>(() => network.RunUntil(10 * Second));
        Assert.Contains("'n0'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stopped_application_ends_and_its_face_with_it()
    {
        using SimNetwork network = Make(2, Link);
        bool isEnded = false;
        network.Nodes[1].Add(
            () => new Own(async (it, stop) =>
            {
                await using (stop.Register(() => isEnded = true))
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, it.Clock, stop);
                }
            }),
            0,
            2 * Second);
        network.RunUntil(Second);
        int faces = network.Nodes[1].Forwarder.FaceCount;
        network.RunUntil(3 * Second);
        Assert.True(isEnded);
        Assert.Equal(faces - 1, network.Nodes[1].Forwarder.FaceCount);
    }
}
