namespace Piccolo.Bench.Sim.Peer;

/// <summary>What a simulation cost ndnSIM.</summary>
/// <param name="WallSeconds">Wall time of the run itself.</param>
/// <param name="CpuSeconds">Processor time of the run itself.</param>
/// <param name="LinkPackets">Interests, Data and Nacks handed to links; every hop counts, also of those that a queue then drops.</param>
/// <param name="Interests">Interests of consumers, repeated ones included.</param>
/// <param name="Data">Data that came to consumers.</param>
/// <param name="Dropped">Frames that queues dropped.</param>
/// <param name="Events">Events of its queue.</param>
/// <param name="RssMiB">Resident memory at the end, which is the most it ever was.</param>
/// <param name="Nodes">Nodes.</param>
/// <param name="BuildSeconds">Wall time of nodes, links, forwarders, applications.</param>
/// <param name="BuildMiB">By how much that let resident memory grow.</param>
internal sealed record PeerFigures(
    double WallSeconds,
    double CpuSeconds,
    long LinkPackets,
    long Interests,
    long Data,
    long Dropped,
    long Events,
    double RssMiB,
    int Nodes,
    double BuildSeconds,
    double BuildMiB)
{
    /// <summary>Frames a second of wall time.</summary>
    public double PacketsPerSecond => LinkPackets / WallSeconds;
}
