using Piccolo.Forwarder;

namespace Piccolo.Sim.Scenarios;

/// <summary>The names of the metrics that every run has.</summary>
internal static class MetricCatalogue
{
    private const string DropPrefix = "drops.";

    /// <summary>Delays of consumers, in seconds: from the first sending (<c>last</c>: the last) to the Data.</summary>
    public static IReadOnlyList<string> Delays { get; } =
        ["delay.count", "delay.mean", "delay.last", "delay.min", "delay.p50", "delay.p90", "delay.p99", "delay.max", "timeouts"];

    /// <summary>Calls of functions; the mean duration is in seconds.</summary>
    public static IReadOnlyList<string> Calls { get; } = ["calls.ended", "calls.failed", "calls.fuel", "calls.mean"];

    /// <summary>Counts and table sizes of forwarders.</summary>
    public static IReadOnlyList<string> Nodes { get; } =
    [
        "cs.hits", "cs.misses", "cs.hitRatio", "cs.entries", "pit.entries", "pit.satisfied", "pit.unsatisfied", "fib.entries",
        "in.interests", "in.data", "in.nacks", "out.interests", "out.data", "out.nacks", "cpu.busy", "cpu.fuel", "cpu.dropped", "cpu.lost",
    ];

    /// <summary>Drops of forwarders by their reasons.</summary>
    public static IReadOnlyList<string> Drops { get; } = [.. Enum.GetNames<DropReason>().Select(name => DropPrefix + name)];

    /// <summary>Counts of links; <c>utilisation</c> is the share of time that a transmitter was busy.</summary>
    public static IReadOnlyList<string> Links { get; } =
    [
        "link.sent", "link.sentOctets", "link.delivered", "link.octets", "link.droppedQueue", "link.droppedLoss", "link.droppedDown",
        "link.corrupted", "link.duplicated", "link.queued", "link.utilisation",
    ];

    /// <summary>The run as a whole; the time is in seconds.</summary>
    public static IReadOnlyList<string> Run { get; } = ["run.events", "run.frames", "run.time"];

    public static bool IsNode(string metric) => Nodes.Contains(metric) || Drops.Contains(metric);

    public static DropReason DropOf(string metric) => Enum.Parse<DropReason>(metric[DropPrefix.Length..]);
}
