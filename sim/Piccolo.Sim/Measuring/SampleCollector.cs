namespace Piccolo.Sim.Measuring;

/// <summary>Samples that nodes report while several threads run them, and that come out in one order whatever the threads did.</summary>
/// <remarks>
/// A node is run by one thread at a time, so each has a list of its own and no lock is needed. <see cref="Drain"/> is called when all stand
/// still; it gives the samples in the order of time, then node, then report. Bound: what is reported between two drains.
/// </remarks>
internal sealed class SampleCollector<T>(int nodeCount)
    where T : struct, ITimedSample
{
    private const int CapacityKept = 64;

    private readonly List<T>?[] _samples = new List<T>?[nodeCount];
    private readonly List<(long TimeNs, int Node, int Position)> _order = [];

    /// <summary>Takes a sample of a node, on the thread that runs it.</summary>
    public void Add(int node, in T sample) => (_samples[node] ??= []).Add(sample);

    /// <summary>Hands out and forgets all samples.</summary>
    public void Drain(Action<int, T> take)
    {
        for (int node = 0; node < _samples.Length; node++)
        {
            if (_samples[node] is not List<T> list)
            {
                continue;
            }

            for (int i = 0; i < list.Count; i++)
            {
                _order.Add((list[i].TimeNs, node, i));
            }
        }

        // A node's samples need not be in the order of time (a call is told when it ends): the key is the whole order.
        _order.Sort();
        foreach ((_, int node, int position) in _order)
        {
            take(node, _samples[node]![position]);
        }

        _order.Clear();
        for (int node = 0; node < _samples.Length; node++)
        {
            if (_samples[node]?.Capacity > CapacityKept)
            {
                _samples[node] = null;
            }
            else
            {
                _samples[node]?.Clear();
            }
        }
    }
}
