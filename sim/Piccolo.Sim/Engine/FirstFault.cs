namespace Piccolo.Sim.Engine;

/// <summary>Of several faults, the one that a run ends with: the same for any number of partitions.</summary>
/// <remarks>
/// The earliest, and of one instant that of the node whose name comes first. So that all of an instant are known, what is left of it
/// still runs after the first: which of them comes first among the events of one thread depends on the partitions.
/// </remarks>
internal static class FirstFault
{
    /// <summary>A node that wakes itself and fails without time passing is not heard for ever.</summary>
    private const int FaultsMax = 1000;

    /// <summary>Runs what is due in a partition before a time.</summary>
    /// <returns>What went wrong; null when nothing did.</returns>
    public static Exception? Run(Partition partition, long endNs)
    {
        Exception? first = null;
        for (int i = 0; i < FaultsMax; i++)
        {
            try
            {
                partition.RunBefore(first is null ? endNs : partition.NowNs + 1);
                return first;
            }
            catch (SimulationException fault)
            {
                first = Of(first, fault);
            }
            catch (Exception error)
            {
                return Of(first, error);
            }
        }

        return first;
    }

    /// <summary>The first of two; what has no time is a fault of the simulator itself, and comes before all others.</summary>
    public static Exception? Of(Exception? one, Exception? other)
    {
        if (one is null || other is null)
        {
            return one ?? other;
        }

        (long timeNs, string node) = PlaceOf(one);
        (long otherNs, string otherNode) = PlaceOf(other);
        bool isOther = otherNs < timeNs || (otherNs == timeNs && string.CompareOrdinal(otherNode, node) < 0);
        return isOther ? other : one;
    }

    private static (long TimeNs, string Node) PlaceOf(Exception error) => error switch
    {
        SimulationException fault => (fault.TimeNs, fault.Node),
        StandstillException standstill => (standstill.TimeNs, ""),
        _ => (long.MinValue, ""),
    };
}
