using System.Text.Json;

namespace Piccolo.Bench.Runs;

/// <summary>What a simulation cost.</summary>
/// <param name="BuildSeconds">Wall time of nodes, links, applications.</param>
/// <param name="BuildMiB">By how much that let resident memory grow, topology included.</param>
/// <param name="RouteSeconds">Wall time of computing routes.</param>
/// <param name="InstallSeconds">Wall time of giving them to the nodes.</param>
/// <param name="RouteCount">Routes given.</param>
/// <param name="Nodes">Nodes.</param>
/// <param name="WallSeconds">Wall time of the run itself.</param>
/// <param name="CpuSeconds">Processor time of the run itself, all threads; more telling than wall time on a busy machine.</param>
/// <param name="Packets">Frames handed to links; every hop counts, also of those that a queue then drops.</param>
/// <param name="Events">Events of the kernel.</param>
/// <param name="Interests">Contents asked for.</param>
/// <param name="Data">Contents that came, with a right signature.</param>
/// <param name="Dropped">Frames that queues dropped.</param>
/// <param name="ResidentMiB">Resident memory at the end.</param>
/// <param name="PeakMiB">The most it ever was.</param>
/// <param name="Collections">Garbage collections during the run, of generation 0 and of 2.</param>
/// <param name="AllocatedMiB">What was allocated during the run.</param>
/// <param name="Partitions">Threads it really ran on.</param>
/// <param name="Digest">The run's digest.</param>
internal sealed record RunFigures(
    double BuildSeconds,
    double BuildMiB,
    double RouteSeconds,
    double InstallSeconds,
    long RouteCount,
    int Nodes,
    double WallSeconds,
    double CpuSeconds,
    long Packets,
    long Events,
    long Interests,
    long Data,
    long Dropped,
    double ResidentMiB,
    double PeakMiB,
    string Collections,
    double AllocatedMiB,
    int Partitions,
    string Digest)
{
    /// <summary>Frames a second of wall time.</summary>
    public double PacketsPerSecond => Packets / WallSeconds;

    /// <summary>Wall time of a frame.</summary>
    public double MicrosecondsPerPacket => WallSeconds * 1e6 / Packets;

    /// <summary>Events of a frame.</summary>
    public double EventsPerPacket => (double)Events / Packets;

    /// <summary>As the process that measured prints it.</summary>
    public string ToText() => JsonSerializer.Serialize(this, RunJson.Default.RunFigures);

    /// <summary>From what it printed.</summary>
    public static RunFigures FromText(string text) =>
        JsonSerializer.Deserialize(text, RunJson.Default.RunFigures) ?? throw new InvalidOperationException($"a run printed {text}");
}
