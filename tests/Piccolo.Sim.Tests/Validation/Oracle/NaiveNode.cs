namespace Piccolo.Sim.Tests.Validation.Oracle;

/// <summary>What a node does, told as shortly as possible: a FIB of whole prefixes, a PIT, and an LRU list of names.</summary>
/// <remarks>Faces are numbers: the neighbour across a link, or -1, -2, ... for applications.</remarks>
internal sealed class NaiveNode(NaiveNetwork network, int index, int cacheSize)
{
    private const long FirstIntervalNs = 10_000_000;
    private const long LastIntervalNs = 250_000_000;

    private readonly Dictionary<string, Pending> _pit = [];
    private readonly List<string> _cache = [];

    /// <summary>Where the Interests of a prefix go.</summary>
    public Dictionary<string, int> Fib { get; } = [];

    /// <summary>What happened here, by the names of the forwarder's counters.</summary>
    public SortedDictionary<string, ulong> Counts { get; } = new(StringComparer.Ordinal);

    public int PendingCount => _pit.Count;

    public void ReceiveInterest(int face, string name, long lifetimeNs)
    {
        Count("InInterests");
        if (!_pit.TryGetValue(name, out Pending? pending))
        {
            if (_cache.Remove(name))
            {
                _cache.Add(name);
                Count("ContentStoreHits");
                Count("SatisfiedInterests");
                SendData(face, name);
                return;
            }

            Count("ContentStoreMisses");
            pending = new Pending();
            _pit.Add(name, pending);
        }

        long now = network.NowNs;
        pending.Waiting[face] = now + lifetimeNs;
        long end = pending.Waiting.Values.Max();
        network.At(NextTick(end), () => Expire(name, pending));

        // NFD's best-route: an Interest for what is under way goes on only after an interval that doubles.
        if (pending.OutUntilNs >= now)
        {
            if (now - pending.OutAtNs < pending.IntervalNs)
            {
                Count("SuppressedInterests");
                return;
            }

            pending.IntervalNs = Math.Min(LastIntervalNs, 2 * pending.IntervalNs);
        }

        pending.OutAtNs = now;
        pending.OutUntilNs = now + lifetimeNs;
        Count("OutInterests");
        network.SendInterest(index, Fib[name[..name.LastIndexOf('/')]], name, lifetimeNs);
    }

    public void ReceiveData(int face, string name)
    {
        Count("InData");
        if (!_pit.Remove(name, out Pending? pending))
        {
            return;
        }

        _cache.Remove(name);
        _cache.Add(name);
        if (_cache.Count > cacheSize)
        {
            _cache.RemoveAt(0);
        }

        foreach ((int waiting, long until) in pending.Waiting)
        {
            if (until > network.NowNs && waiting != face)
            {
                SendData(waiting, name);
            }
        }

        Count("SatisfiedInterests");
    }

    /// <summary>The forwarder ends Interests at the milliseconds of its clock.</summary>
    private static long NextTick(long timeNs) => (timeNs + 999_999) / 1_000_000 * 1_000_000;

    private void Expire(string name, Pending pending)
    {
        bool isOver = pending.Waiting.Values.Max() <= network.NowNs;
        if (isOver && _pit.TryGetValue(name, out Pending? current) && current == pending)
        {
            _pit.Remove(name);
            Count("UnsatisfiedInterests");
        }
    }

    private void SendData(int face, string name)
    {
        Count("OutData");
        network.SendData(index, face, name);
    }

    private void Count(string what) => Counts[what] = Counts.GetValueOrDefault(what) + 1;

    private sealed class Pending
    {
        public Dictionary<int, long> Waiting { get; } = [];

        public long OutAtNs { get; set; }

        public long OutUntilNs { get; set; } = -1;

        public long IntervalNs { get; set; } = FirstIntervalNs;
    }
}
