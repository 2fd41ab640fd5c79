using Piccolo.Bench.Sim.Peer;

namespace Piccolo.Bench.Sim;

/// <summary>How the simulator is to be measured.</summary>
/// <param name="IsQuick">Shorter runs, and each once.</param>
/// <param name="Program">What measures ours.</param>
/// <param name="Peer">The ndnSIM that runs by turns with ours; null to compare with recorded figures.</param>
internal sealed record SimChoices(bool IsQuick, RunProgram Program, NdnSimPeer? Peer)
{
    /// <summary>How often both sides run.</summary>
    public int Turns => IsQuick ? 1 : 3;
}
