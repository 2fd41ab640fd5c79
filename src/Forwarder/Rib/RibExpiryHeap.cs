using Piccolo.Ndn;

namespace Piccolo.Forwarder.Rib;

/// <summary>Routes that end by themselves, the earliest first; each knows its place, so that it can be moved or taken out.</summary>
/// <remarks>Bound: as many as there are routes. Every change costs the logarithm of that.</remarks>
internal sealed class RibExpiryHeap
{
    private readonly List<RibRoute> _heap = [];

    /// <summary>When the first route ends.</summary>
    public Instant Earliest => _heap.Count == 0 ? Instant.Never : _heap[0].ExpiresAt;

    /// <summary>The route that ends first; there must be one.</summary>
    public RibRoute First => _heap[0];

    /// <summary>Gives a route its expiry and its place.</summary>
    public void Set(RibRoute route, Instant expiresAt)
    {
        route.ExpiresAt = expiresAt;
        if (expiresAt == Instant.Never)
        {
            Remove(route);
            return;
        }

        if (route.HeapIndex < 0)
        {
            route.HeapIndex = _heap.Count;
            _heap.Add(route);
        }

        Settle(route.HeapIndex);
    }

    /// <summary>Takes a route out; harmless when it is not in.</summary>
    public void Remove(RibRoute route)
    {
        int index = route.HeapIndex;
        if (index < 0)
        {
            return;
        }

        route.HeapIndex = -1;
        int last = _heap.Count - 1;
        RibRoute moved = _heap[last];
        _heap.RemoveAt(last);
        if (index < last)
        {
            Place(moved, index);
            Settle(index);
        }
    }

    private void Settle(int index)
    {
        RibRoute route = _heap[index];
        while (index > 0 && route.ExpiresAt < _heap[(index - 1) / 2].ExpiresAt)
        {
            Place(_heap[(index - 1) / 2], index);
            index = (index - 1) / 2;
        }

        for (int child = EarlierChild(index); child >= 0 && _heap[child].ExpiresAt < route.ExpiresAt; child = EarlierChild(index))
        {
            Place(_heap[child], index);
            index = child;
        }

        Place(route, index);
    }

    private int EarlierChild(int index)
    {
        int left = (index * 2) + 1;
        if (left >= _heap.Count)
        {
            return -1;
        }

        int right = left + 1;
        return right < _heap.Count && _heap[right].ExpiresAt < _heap[left].ExpiresAt ? right : left;
    }

    private void Place(RibRoute route, int index)
    {
        _heap[index] = route;
        route.HeapIndex = index;
    }
}
