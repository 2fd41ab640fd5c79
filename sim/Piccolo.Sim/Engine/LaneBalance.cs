namespace Piccolo.Sim.Engine;

/// <summary>Which lane runs which partitions.</summary>
/// <remarks>
/// Where traffic will be nobody knows when a network is cut, so it is cut into more parts than there are threads, and parts move to
/// another lane when one is found to have more to do. Each lane has a store of buffers of its own, which its partitions use.
/// </remarks>
internal sealed class LaneBalance
{
    private const double GainMin = 0.05;

    private readonly Partition[] _partitions;
    private readonly Partition[][] _lanes;
    private readonly OctetBuffers[] _buffers;
    private readonly long[] _counted;

    /// <summary>Gives each lane neighbouring partitions, as many as the others.</summary>
    public LaneBalance(Partition[] partitions, int lanes)
    {
        _partitions = partitions;
        _lanes = new Partition[lanes][];
        _counted = new long[partitions.Length];
        _buffers = [.. Enumerable.Range(0, lanes).Select(static _ => new OctetBuffers())];
        Assign([.. partitions.Select(partition => (int)((long)partition.Index * lanes / partitions.Length))]);
    }

    /// <summary>The partitions of a lane.</summary>
    public Partition[] PartitionsOf(int lane) => _lanes[lane];

    /// <summary>Spreads the partitions anew by what they had to do since the last time, if that gains enough. No lane may run.</summary>
    /// <returns>Whether any moved.</returns>
    public bool TryImprove()
    {
        long[] events = new long[_partitions.Length];
        long[] now = new long[_lanes.Length];
        foreach (Partition partition in _partitions)
        {
            events[partition.Index] = partition.EventCount - _counted[partition.Index];
            _counted[partition.Index] = partition.EventCount;
            now[partition.Lane] += events[partition.Index];
        }

        // The largest first, each to the lane that has least; of equal ones to the one with fewest partitions, so that none is empty.
        long[] then = new long[_lanes.Length];
        int[] counts = new int[_lanes.Length];
        int[] lanes = new int[_partitions.Length];
        foreach (int index in Enumerable.Range(0, events.Length).OrderByDescending(index => events[index]))
        {
            int least = Enumerable.Range(0, then.Length).MinBy(lane => (then[lane], counts[lane]));
            lanes[index] = least;
            then[least] += events[index];
            counts[least]++;
        }

        bool isGain = then.Max() < now.Max() * (1 - GainMin);
        if (isGain)
        {
            Assign(lanes);
        }

        return isGain;
    }

    private void Assign(int[] lanes)
    {
        foreach (Partition partition in _partitions)
        {
            partition.Join(lanes[partition.Index], _buffers[lanes[partition.Index]]);
        }

        for (int lane = 0; lane < _lanes.Length; lane++)
        {
            _lanes[lane] = [.. _partitions.Where(partition => partition.Lane == lane)];
        }
    }
}
