using Piccolo.Ndn.Naming;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Measuring;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Tests.Validation;

namespace Piccolo.Sim.Tests.Nodes;

public class NodeCpuTests
{
    private const long Millisecond = 1_000_000;

    [Fact]
    public void Frames_that_wait_for_a_processor_that_crashes_are_counted_where_they_are_lost()
    {
        SimOptions options = Networks.Uncached(1) with
        {
            Nodes = new Dictionary<int, NodeSettings>
            {
                [1] = new() { ContentStoreCapacity = 0, Cpu = new CpuSettings { PacketNs = 3 * Millisecond, BacklogMax = 12 } },
            },
        };
        using SimNetwork network = Networks.Line(options, Networks.Wire(1));
        Networks.RouteAlongLine(network, Name.Parse("/q"));
        network.Nodes[0].Add(() => new PacketSource(Distribution.Constant(Millisecond), Distribution.Constant(100), 1000));
        using var measurement = new Measurement(network, new TraceSettings(), null);
        NodeCpu cpu = network.Nodes[1].Cpu;
        network.At(15 * Millisecond + 2, () =>
        {
            // 16 arrived, 5 were handled, 11 wait; and the 12 ms of work that are charged hold up nothing that was sent.
            network.Nodes[1].Crash();
            Assert.Equal((11, 0), (cpu.LostFrames, cpu.Postponed));
        });
        network.At(20 * Millisecond, () => network.Nodes[1].Restart());
        network.RunUntil(25 * Millisecond);

        Assert.Equal((11, 0, 4), (cpu.LostFrames, cpu.DroppedFrames, cpu.Backlog));
        Assert.Contains(new SummaryCount("processor crashed", 11), measurement.Summarize("x").Drops);
        Assert.Equal(network.Links[0].AtoB.Counters.Delivered, 5 + cpu.LostFrames + cpu.Backlog + 1);
    }

    [Fact]
    public void What_waits_to_be_sent_until_the_work_is_done_is_lost_in_a_crash()
    {
        SimOptions options = Networks.Uncached(1);
        using SimNetwork network = Networks.Line(options, Networks.Wire(1));
        SimNode node = network.Nodes[0];
        node.Schedule(1, () =>
        {
            node.Cpu.Charge(10 * Millisecond);
            node.PostFrame(node.FaceTo(network.Nodes[1])!, new byte[100]);
        });
        network.At(5 * Millisecond, node.Crash);
        network.RunUntil(20 * Millisecond);
        Assert.Equal(1, node.Cpu.LostFrames);
        Assert.Equal(0, network.Links[0].AtoB.Counters.Sent);
    }
}
