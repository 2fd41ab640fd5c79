namespace Piccolo.Bench.Invoke;

/// <summary>One line of the table: a way to call, and what it is held against.</summary>
/// <param name="Call">What was called.</param>
/// <param name="Signature">How its result was signed.</param>
/// <param name="Count">How many calls of each were timed.</param>
/// <param name="Ours">The call through pcl-node.</param>
/// <param name="Peer">The same through HTTP.</param>
internal sealed record InvokeRow(string Call, string Signature, int Count, CallFigures Ours, CallFigures Peer)
{
    /// <summary>Median over the peer's median.</summary>
    public double P50Ratio => Ours.P50 / Peer.P50;

    /// <summary>99th percentile over the peer's.</summary>
    public double P99Ratio => Ours.P99 / Peer.P99;

    /// <summary>CPU time over the peer's.</summary>
    public double CpuRatio => Ours.CpuPerCall / Peer.CpuPerCall;
}
