using Piccolo.Ndn;
using Piccolo.Sim.Engine;

namespace Piccolo.Sim.Topologies;

public static partial class TopologyGenerator
{
    /// <summary>A network like those that the Rocketfuel project measured: a meshed backbone, gateways, many leaves.</summary>
    /// <remarks>
    /// One node in fourteen is backbone, as many as five in fourteen gateways, the others leaves. Backbone links are four to ten times as
    /// fast as <paramref name="links"/> says and half to one and a half as long, gateways' one to four times, leaves' one third to one
    /// time; a queue holds what its link sends in a quarter of a second in packets of a kilobyte. Nothing of a measured map is in it.
    /// </remarks>
    /// <param name="nodes">How many; 10 to 100 000.</param>
    /// <param name="linkCount">How many links; at least nodes - 1, at most 4 x nodes.</param>
    /// <param name="links">What rates and delays are drawn around.</param>
    /// <param name="seed">Of all choices.</param>
    /// <exception cref="ScenarioException">The size is impossible.</exception>
    public static Topology RocketfuelLike(int nodes, int linkCount, LinkSettings links, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(links);
        Require(nodes is >= 10 and <= 100_000, $"a Rocketfuel-like topology has 10 to 100000 nodes, not {nodes}");
        long most = Math.Min(4L * nodes, (long)nodes * (nodes - 1) / 3);
        Require(
            linkCount >= nodes - 1 && linkCount <= most,
            $"a Rocketfuel-like topology of {nodes} nodes has {nodes - 1} to {most} links, not {linkCount}");
        RocketfuelSketch sketch = new(nodes, links, new RandomStreams(seed).For("topology.rocketfuel"));
        sketch.PlaceNodes();
        sketch.LinkAll(linkCount);
        return new Topology(sketch.Nodes, sketch.Links);
    }

    private sealed class RocketfuelSketch(int count, LinkSettings settings, IRandomSource random)
    {
        private readonly int _backbone = Math.Max(3, count / 14);
        private readonly int _gateways = Math.Max(3, count * 5 / 14);
        private readonly HashSet<long> _pairs = [];

        internal TopologyNode[] Nodes { get; } = new TopologyNode[count];

        internal List<TopologyLink> Links { get; } = [];

        internal void PlaceNodes()
        {
            int leaves = count - _backbone - _gateways;
            for (int i = 0; i < count; i++)
            {
                Nodes[i] = i < _backbone ? OnCircle(Id("bb-", i), i, _backbone, 100, "backbone")
                    : i < _backbone + _gateways ? OnCircle(Id("gw-", i), i - _backbone, _gateways, 220, "gateway")
                    : OnCircle(Id("leaf-", i), i - _backbone - _gateways, leaves, 320, "leaf");
            }
        }

        internal void LinkAll(int wanted)
        {
            // A tree first, each node to one that is more central and near in angle, so that the picture is readable.
            for (int i = 1; i < count; i++)
            {
                int above = i < _backbone ? (int)random.NextBelow((uint)i)
                    : i < _backbone + _gateways ? Near((double)(i - _backbone) / _gateways, 0, _backbone)
                    : Near((double)(i - _backbone - _gateways) / (count - _backbone - _gateways), _backbone, _gateways);
                Add(above, i);
            }

            while (Links.Count < wanted)
            {
                // Two thirds of the others mesh the backbone and the gateways to it; few links join gateways or leaves.
                uint kind = random.NextBelow(6);
                int low = (int)random.NextBelow((uint)(kind < 4 ? _backbone : count));
                int high = (int)random.NextBelow((uint)(kind < 1 ? _backbone : kind < 5 ? _backbone + _gateways : count));
                Add(Math.Min(low, high), Math.Max(low, high));
            }
        }

        private int Near(double turns, int first, int size)
        {
            int spread = Math.Max(1, size / 8);
            int index = (int)(turns * size) + (int)random.NextBelow((uint)(2 * spread + 1)) - spread;
            return first + (index % size + size) % size;
        }

        private void Add(int a, int b)
        {
            if (a == b || !_pairs.Add((long)a * count + b))
            {
                return;
            }

            // Per mille of the given rate and delay, by the less central end.
            (uint slow, uint fast) = b < _backbone ? (4000u, 10000u) : b < _backbone + _gateways ? (1000u, 4000u) : (333u, 1000u);
            long rate = Scale(settings.RateBps, slow + random.NextBelow(fast - slow + 1));
            int capacity = (int)Math.Clamp(rate / 32_000, 10, 100_000);
            LinkSettings drawn = settings with
            {
                RateBps = settings.RateBps == 0 ? 0 : Math.Max(1, rate),
                DelayNs = Scale(settings.DelayNs, 500 + random.NextBelow(1001)) / 1000 * 1000,
                Metric = 1 + (int)random.NextBelow(3),
                Queue = settings.RateBps == 0 ? settings.Queue : settings.Queue with { CapacityPackets = capacity },
            };
            Links.Add(new TopologyLink(a, b, drawn));
        }

        private static long Scale(long value, uint perMille) => (long)((Int128)value * perMille / 1000);
    }
}
