using Piccolo.Sim.Nodes;
using Piccolo.Sim.Tests.Validation;

namespace Piccolo.Sim.Tests.Nodes;

/// <summary>What no node can be made of is refused before the run, and what is just possible never leads past the end of time.</summary>
public class NodeSettingsTests
{
    private const long Second = 1_000_000_000;
    private const long Hour = 3600 * Second;

    public static TheoryData<NodeSettings, string> Impossible => new()
    {
        { Cpu(new() { Cores = 0 }), "cpu: cores: 0 is too small; it must be at least 1" },
        { Cpu(new() { Cores = 4097 }), "cpu: cores: 4097 is too large; it must be at most 4096" },
        { Cpu(new() { PacketNs = -1 }), "cpu: packetNs: -1 is too small" },
        { Cpu(new() { PacketNs = Hour + 1 }), "cpu: packetNs: 3600000000001 is too large; it must be at most 3600000000000" },
        { Cpu(new() { SignNs = long.MinValue }), "cpu: signNs: -9223372036854775808 is too small" },
        { Cpu(new() { SignNs = long.MaxValue }), "cpu: signNs: 9223372036854775807 is too large" },
        { Cpu(new() { VerifyNs = -5 }), "cpu: verifyNs: -5 is too small" },
        { Cpu(new() { VerifyNs = long.MaxValue / 2 }), "cpu: verifyNs: 4611686018427387903 is too large" },
        { Cpu(new() { FuelPerSecond = -1 }), "cpu: fuelPerSecond: -1 is too small" },
        { Cpu(new() { BacklogMax = -1 }), "cpu: backlogMax: -1 is too small; it must be at least 1" },
        { Cpu(new() { BacklogMax = 0 }), "cpu: backlogMax: 0 is too small" },
        { new() { Disk = new() { LatencyNs = -1 } }, "disk: latencyNs: -1 is too small" },
        { new() { Disk = new() { FlushNs = long.MaxValue } }, "disk: flushNs: 9223372036854775807 is too large" },
        { new() { Disk = new() { CapacityOctets = -1 } }, "disk: capacityOctets: -1 is too small" },
        { new() { Clock = new() { DriftPpb = 500_000_001 } }, "clock: driftPpb: 500000001 is too large; it must be at most 500000000" },
        { new() { ContentStoreCapacity = -1 }, "contentStoreCapacity: -1 is too small; it must be at least 0" },
        { new() { ContentStoreCapacity = int.MaxValue }, "contentStoreCapacity: 2147483647 is too large; it must be at most 100000000" },
        { new() { ContentStoreOctetsMax = 0 }, "contentStoreOctetsMax: 0 is too small; it must be at least 1" },
        { new() { ContentStoreOctetsMax = long.MaxValue }, "contentStoreOctetsMax: 9223372036854775807 is too large" },
        { new() { PitCapacity = 0 }, "pitCapacity: 0 is too small; it must be at least 1" },
        { new() { PitCapacity = int.MaxValue }, "pitCapacity: 2147483647 is too large" },
        { new() { FibCapacity = -7 }, "fibCapacity: -7 is too small" },
        { new() { FibCapacity = int.MaxValue }, "fibCapacity: 2147483647 is too large" },
        { new() { PageOctets = 0 }, "pageOctets: 0 is too small; it must be at least 512" },
        { new() { PageOctets = 1 << 20 }, "pageOctets: 1048576 is too large" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Settings_that_cannot_be_name_node_and_field(NodeSettings settings, string message)
    {
        var options = new SimOptions { Nodes = new Dictionary<int, NodeSettings> { [1] = settings } };
        ScenarioException error = Assert.Throws<ScenarioException>(() => Networks.Line(options, Networks.Wire(1)));
        Assert.StartsWith($"node 'N1': {message}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Store_that_is_off_needs_no_octets() =>
        new NodeSettings { ContentStoreCapacity = 0, ContentStoreOctetsMax = 0 }.Validate("x");

    [Fact]
    public void Work_without_end_ends_at_the_end_of_time()
    {
        var options = new SimOptions { NodeDefaults = Cpu(new() { SignNs = Hour, FuelPerSecond = 1 }) };
        using SimNetwork network = Networks.Line(options, Networks.Wire(1));
        SimNode node = network.Nodes[0];
        bool hasSent = false;
        node.Schedule(1, () =>
        {
            for (int i = 0; i < 10; i++)
            {
                node.Cpu.ChargeFuel(ulong.MaxValue);
                node.Cpu.Charge(long.MaxValue);
                node.Cpu.ChargeSigning();
            }

            hasSent = node.OutputTimeNs < long.MaxValue;
        });
        network.RunUntil(Second);
        Assert.False(hasSent);
        Assert.Equal(long.MaxValue, node.Cpu.BusyNs);
    }

    private static NodeSettings Cpu(CpuSettings settings) => new() { Cpu = settings };
}
