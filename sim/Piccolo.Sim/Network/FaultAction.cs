namespace Piccolo.Sim.Network;

/// <summary>One change of a link or a node.</summary>
/// <param name="TimeNs">When.</param>
/// <param name="Kind">What happens.</param>
/// <param name="Index">The link's or the node's index in the topology.</param>
public readonly record struct FaultAction(long TimeNs, FaultActionKind Kind, int Index) : IComparable<FaultAction>
{
    /// <summary>By time, then kind, then index.</summary>
    public int CompareTo(FaultAction other)
    {
        int order = TimeNs.CompareTo(other.TimeNs);
        order = order == 0 ? Kind.CompareTo(other.Kind) : order;
        return order == 0 ? Index.CompareTo(other.Index) : order;
    }

    /// <summary>Whether one action comes before another.</summary>
    public static bool operator <(FaultAction left, FaultAction right) => left.CompareTo(right) < 0;

    /// <summary>Whether one action comes after another.</summary>
    public static bool operator >(FaultAction left, FaultAction right) => left.CompareTo(right) > 0;

    /// <summary>Whether one action does not come after another.</summary>
    public static bool operator <=(FaultAction left, FaultAction right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one action does not come before another.</summary>
    public static bool operator >=(FaultAction left, FaultAction right) => left.CompareTo(right) >= 0;
}
