using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Topologies;

public class SettingsValidationTests
{
    public static TheoryData<LinkSettings, string> Impossible => new()
    {
        { new() { RateBps = -1 }, "rateBps: -1 is too small; it must be at least 0" },
        { new() { DelayNs = -5 }, "delayNs: -5 is too small" },
        { new() { Metric = -1 }, "metric: -1" },
        { new() { Mtu = 20 }, "mtu: 20 is too small; it must be at least 64" },
        { new() { Queue = new() { CapacityPackets = 0 } }, "queue.capacityPackets: 0" },
        { new() { Queue = new() { CapacityOctets = -1 } }, "queue.capacityOctets: -1" },
        { new() { Queue = new() { Kind = (QueueKind)9 } }, "queue.kind: 9 is no kind of queue" },
        { Red(new() { RedMinThreshold = -1 }), "queue.redMinThreshold: -1 is no queue length" },
        { Red(new() { RedMinThreshold = 15 }), "queue.redMaxThreshold: 15 must be more than redMinThreshold, 15" },
        { Red(new() { RedMaxThreshold = double.NaN }), "queue.redMaxThreshold: NaN" },
        { Red(new() { RedMaxProbability = 1.5 }), "queue.redMaxProbability: 1.5 is no probability; it must be between 0 and 1" },
        { Red(new() { RedWeight = 0 }), "queue.redWeight: 0 is no weight" },
        { Red(new() { MeanPacketOctets = 0 }), "queue.meanPacketOctets: 0" },
        { CoDel(new() { CoDelTargetNs = 0 }), "queue.coDelTargetNs: 0" },
        { CoDel(new() { CoDelIntervalNs = 5_000_000 }), "queue.coDelIntervalNs: the interval of 5000000 ns must be longer" },
        { CoDel(new() { CoDelIntervalNs = long.MaxValue }), "queue.coDelIntervalNs: 9223372036854775807 is too large" },
        { CoDel(new() { CoDelMinOctets = -1 }), "queue.coDelMinOctets: -1" },
        { Faulty(new() { CorruptionRate = -0.1 }), "faults.corruptionRate: -0.1 is no probability" },
        { Faulty(new() { DuplicationRate = double.NaN }), "faults.duplicationRate: NaN is no probability" },
        { Faulty(new() { ReorderRate = 2 }), "faults.reorderRate: 2" },
        { Faulty(new() { ReorderDelayNs = -1 }), "faults.reorderDelayNs: -1" },
        { Faulty(new() { ReorderRate = 0.1 }), "faults.reorderDelayNs: 0 reorders nothing" },
        { Faulty(new() { Loss = LossSettings.Bernoulli(1.1) }), "faults.loss.rate: 1.1" },
        { Faulty(new() { Loss = LossSettings.GilbertElliott(-1, 0) }), "faults.loss.goodToBad: -1" },
        { Faulty(new() { Loss = LossSettings.GilbertElliott(0, 2) }), "faults.loss.badToGood: 2" },
        { Faulty(new() { Loss = LossSettings.GilbertElliott(0, 1, 3) }), "faults.loss.lossGood: 3" },
        { Faulty(new() { Loss = LossSettings.GilbertElliott(0, 1, 0, 4) }), "faults.loss.lossBad: 4" },
        { Faulty(new() { Loss = new() { Kind = LossKind.Trace } }), "faults.loss.trace: the kind is trace, but there is none" },
        { Faulty(new() { Loss = new() { Kind = (LossKind)7 } }), "faults.loss.kind: 7 is no kind of loss" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Settings_that_cannot_be_name_their_field(LinkSettings settings, string message)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ScenarioException error = Assert.Throws<ScenarioException>(() => settings.Validate("s.json: $.links[3]"));
        Assert.StartsWith("s.json: $.links[3]." + message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_of_a_line_name_the_line()
    {
        var settings = new LinkSettings { Queue = new() { CapacityPackets = -2 } };
        ScenarioException error = Assert.Throws<ScenarioException>(() => settings.Validate("t.txt:7"));
        Assert.StartsWith("t.txt:7: queue: capacityPackets: -2 is too small", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(QueueKind.DropTail)]
    [InlineData(QueueKind.Red)]
    [InlineData(QueueKind.CoDel)]
    public void Defaults_are_valid(QueueKind kind) => new LinkSettings { Queue = new() { Kind = kind } }.Validate("x");

    private static LinkSettings Red(QueueSettings queue) => new() { Queue = queue with { Kind = QueueKind.Red } };

    private static LinkSettings CoDel(QueueSettings queue) => new() { Queue = queue with { Kind = QueueKind.CoDel } };

    private static LinkSettings Faulty(FaultSettings faults) => new() { Faults = faults };
}
