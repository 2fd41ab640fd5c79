namespace Piccolo.Sim.Network;

/// <summary>A link by its ends, in either order; where several join the same two nodes, all of them.</summary>
/// <param name="A">The name of one node.</param>
/// <param name="B">The name of the other.</param>
public sealed record FaultScheduleLink(string A, string B)
{
    /// <inheritdoc/>
    public override string ToString() => $"{A}-{B}";
}
