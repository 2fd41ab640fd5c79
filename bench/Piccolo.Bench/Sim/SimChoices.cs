using Piccolo.Bench.Sim.Runs;

namespace Piccolo.Bench.Sim;

/// <summary>How the simulator is to be measured.</summary>
/// <param name="IsQuick">Shorter runs, and each once.</param>
/// <param name="Peer">The ndnSIM that runs by turns with ours; null to compare with recorded figures.</param>
internal sealed record SimChoices(bool IsQuick, NdnSimPeer? Peer)
{
    /// <summary>How often both sides run.</summary>
    public int Turns => IsQuick ? 1 : 3;
}
