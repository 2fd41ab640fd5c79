using System.Security.Cryptography;
using Piccolo.Forwarder;
using Piccolo.Ndn.Link;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Network;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim;

/// <summary>A network that runs in virtual time.</summary>
/// <remarks>
/// <para>Build it, add applications and routes to its nodes, then <see cref="RunUntil"/>. Same topology, options and additions: same
/// <see cref="Digest"/>, on every machine and with any number of partitions.</para>
/// <para>Control events (<see cref="At"/>) run before every event of their time, while all partitions stand still: only they may cut
/// links, crash nodes, and look at the whole.</para>
/// </remarks>
public sealed partial class SimNetwork : IDisposable
{
    private readonly SimNode[] _nodes;
    private readonly SimLink[] _links;
    private readonly Partition[] _partitions;
    private readonly PriorityQueue<Action, (long TimeNs, long Number)> _controls = new();
    private readonly Dictionary<(int Mtu, bool IsLocal, bool IsMarking), LinkServiceOptions> _linkOptions = [];
    private readonly Dictionary<QueueSettings, QueueDiscipline> _sharedDisciplines = [];
    private readonly Dictionary<NodeSettings, ForwarderOptions> _forwarderOptions = new(ReferenceEqualityComparer.Instance);
    private readonly Lock _faultGate = new();
    private SimulationException? _fault;
    private long _controlNumber;

    /// <summary>Builds the nodes and links of a topology.</summary>
    /// <exception cref="ScenarioException">The topology or the options make no network.</exception>
    public SimNetwork(Topology topology, SimOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(topology);
        Options = options ?? new SimOptions();
        if (Options.Partitions is < 1 or > 256)
        {
            throw new ScenarioException($"{Options.Partitions} partitions were asked for; 1 to 256 are possible");
        }

        foreach (int node in Options.Nodes.Keys)
        {
            if ((uint)node >= (uint)topology.Nodes.Count)
            {
                throw new ScenarioException(
                    $"there are settings for node number {node}; the topology has {topology.Nodes.Count}, from 0 on");
            }
        }

        // The first digest of a process loads a library of the machine, which is no part of what is simulated.
        _ = SHA256.HashData([], stackalloc byte[SHA256.HashSizeInBytes]);
        Topology = topology;
        Random = new RandomStreams(Options.Seed);
        int[] placement = PartitionPlan.Make(topology, Options.Partitions, Options.NodesPerPart, out int count, out long lookaheadNs);
        PartitionCount = Math.Min(Options.Partitions, count);
        LookaheadNs = lookaheadNs;
        _partitions = new Partition[count];
        for (int i = 0; i < count; i++)
        {
            _partitions[i] = new Partition(i, PartitionCount);
        }

        _nodes = new SimNode[topology.Nodes.Count];
        var valid = new HashSet<NodeSettings>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < _nodes.Length; i++)
        {
            NodeSettings settings = Options.Nodes.GetValueOrDefault(i) ?? Options.NodeDefaults;
            if (valid.Add(settings))
            {
                settings.Validate($"node '{topology.Nodes[i].Name}'");
            }

            _nodes[i] = new SimNode(this, i, topology.Nodes[i].Name, settings, _partitions[placement[i]]);
        }

        _links = new SimLink[topology.Links.Count];
        for (int i = 0; i < _links.Length; i++)
        {
            _links[i] = Connect(i, topology.Links[i]);
        }
    }

    /// <summary>What it was built from.</summary>
    public Topology Topology { get; }

    /// <summary>How it is simulated.</summary>
    public SimOptions Options { get; }

    /// <summary>Its nodes, by index.</summary>
    public IReadOnlyList<SimNode> Nodes => _nodes;

    /// <summary>Its links, by index.</summary>
    public IReadOnlyList<SimLink> Links => _links;

    /// <summary>The run's randomness.</summary>
    public RandomStreams Random { get; }

    /// <summary>The run's seed.</summary>
    public ulong Seed => Options.Seed;

    /// <summary>Threads that the network was really cut for: fewer than asked for where links without delay hold nodes together.</summary>
    public int PartitionCount { get; }

    /// <summary>How far partitions may run apart: the least delay of a link between two of them.</summary>
    public long LookaheadNs { get; }

    /// <summary>How far the network has run.</summary>
    /// <remarks>Units: nanoseconds of virtual time.</remarks>
    public long NowNs { get; private set; }

    /// <summary>Told of a node that restarts with an empty memory, before its applications start: set its routes here.</summary>
    public event Action<SimNode>? Restarted;

    /// <summary>The applications' measurements; null when nobody wants them.</summary>
    public Applications.IApplicationLog? ApplicationLog { get; set; }

    /// <summary>Events that ran so far.</summary>
    public long EventCount
    {
        get
        {
            long count = 0;
            foreach (Partition partition in _partitions)
            {
                count += partition.EventCount;
            }

            return count;
        }
    }

    /// <summary>Events that wait.</summary>
    public long PendingEventCount
    {
        get
        {
            long count = 0;
            foreach (Partition partition in _partitions)
            {
                count += partition.PendingCount;
            }

            return count;
        }
    }

    /// <summary>Folds everything that happened at every node; two runs with equal digests were, for all purposes, the same.</summary>
    public ulong Digest
    {
        get
        {
            ulong digest = Digests.Fold(0, (ulong)NowNs);
            foreach (SimNode node in _nodes)
            {
                digest = Digests.Fold(digest, node.Digest);
            }

            return digest;
        }
    }

    /// <summary>Frames handed to links so far: each hop of each packet counts.</summary>
    public long LinkFrameCount
    {
        get
        {
            long count = 0;
            foreach (SimLink link in _links)
            {
                count += link.AtoB.SentCount + link.BtoA.SentCount;
            }

            return count;
        }
    }

    /// <summary>The node of that name.</summary>
    /// <exception cref="ScenarioException">There is none.</exception>
    public SimNode Node(string name)
    {
        int index = Topology.IndexOf(name);
        return index >= 0 ? _nodes[index] : throw new ScenarioException($"the topology has no node named '{name}'");
    }

    /// <summary>Does something to the network as a whole at a time, before every event of that time.</summary>
    /// <param name="timeNs">Nanoseconds of virtual time, not in the past.</param>
    /// <param name="action">What to do; those of one time run in the order they were given.</param>
    public void At(long timeNs, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentOutOfRangeException.ThrowIfLessThan(timeNs, NowNs);
        RefuseInEvents(nameof(At));
        _controls.Enqueue(action, (timeNs, _controlNumber++));
    }

    /// <summary>Does something periodically, first after one period; ends with the run.</summary>
    public void Every(long periodNs, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(periodNs);
        At(VirtualTimes.Later(NowNs, periodNs), () =>
        {
            action();
            Every(periodNs, action);
        });
    }

    /// <summary>Sees to it that every link accounts for every frame.</summary>
    /// <exception cref="SimulationException">One does not; that is a fault of the simulator.</exception>
    public void CheckConservation()
    {
        foreach (SimLink link in _links)
        {
            Check(link.AtoB);
            Check(link.BtoA);
        }
    }

    internal SimulationException Fault(SimNode node, Exception error) => new(
        $"{error.GetType().Name}: {error.Message}", node.Name, node.NowNs, Seed, error);

    /// <summary>Ends the run because of a fault that no caller of the node could be told.</summary>
    internal void ReportFault(SimNode node, Exception error)
    {
        SimulationException fault = error as SimulationException ?? Fault(node, error);
        if (node.Partition.IsOwnThread && node.IsRunning)
        {
            node.Fail(fault);
            return;
        }

        lock (_faultGate)
        {
            if (_fault is null || fault.TimeNs < _fault.TimeNs
                || (fault.TimeNs == _fault.TimeNs && string.CompareOrdinal(fault.Node, _fault.Node) < 0))
            {
                _fault = fault;
            }
        }
    }

    internal void OnRestarted(SimNode node) => Restarted?.Invoke(node);

    internal QueueDiscipline DisciplineFor(LinkSettings settings)
    {
        if (settings.Queue.Kind != QueueKind.DropTail)
        {
            return QueueDiscipline.Create(settings.Queue, settings.RateBps);
        }

        // A drop-tail queue keeps nothing, so that all links with equal settings share one.
        if (!_sharedDisciplines.TryGetValue(settings.Queue, out QueueDiscipline? discipline))
        {
            discipline = QueueDiscipline.Create(settings.Queue, settings.RateBps);
            _sharedDisciplines.Add(settings.Queue, discipline);
        }

        return discipline;
    }

    internal LinkServiceOptions LinkOptionsFor(int mtu, bool isLocal, bool isMarking)
    {
        if (!_linkOptions.TryGetValue((mtu, isLocal, isMarking), out LinkServiceOptions? options))
        {
            options = new LinkServiceOptions
            {
                AllowLocalFields = false,
                EnableCongestionMarking = isMarking,
                Mtu = mtu == 0 ? LinkCapabilities.UnlimitedMtu : mtu,
            };
            _linkOptions.Add((mtu, isLocal, isMarking), options);
        }

        return options;
    }

    internal ForwarderOptions ForwarderOptionsFor(SimNode node)
    {
        NodeSettings settings = node.Settings;
        if (!_forwarderOptions.TryGetValue(settings, out ForwarderOptions? options))
        {
            options = MakeForwarderOptions(settings);
            _forwarderOptions.Add(settings, options);
        }

        return options;
    }

    private static ForwarderOptions MakeForwarderOptions(NodeSettings settings) => new()
    {
        ContentStoreCapacity = settings.ContentStoreCapacity,
        ContentStoreOctetsMax = settings.ContentStoreOctetsMax,
        IsContentStoreOrderedOnDemand = true,
        PitCapacity = settings.PitCapacity,
        FibCapacity = settings.FibCapacity,
        PageOctets = settings.PageOctets,
        UnixTimeAtZeroMs = (ulong)((NodeClock.UnixSecondsAtZero * 1000) + (settings.Clock.SkewNs / 1_000_000)),
        NfdVersion = "24.07-piccolo-sim",
    };

    private void Check(LinkDirection direction)
    {
        LinkDirectionCounters counters = direction.Counters;
        if (counters.Missing != 0 || counters.Queued < 0)
        {
            throw new SimulationException(
                $"the link {direction.From.Name} to {direction.To.Name} lost count of {counters.Missing} frames: {counters}",
                string.Empty,
                NowNs,
                Seed);
        }
    }

    private SimLink Connect(int index, TopologyLink link)
    {
        SimNode a = _nodes[link.A];
        SimNode b = _nodes[link.B];
        link.Settings.Validate($"link {a.Name} - {b.Name}");
        var connected = new SimLink(index, this, a, b, link.Settings);
        LinkFace atA = a.AddLink(connected.AtoB);
        LinkFace atB = b.AddLink(connected.BtoA);
        connected.AtoB.ToFace = atB;
        connected.BtoA.ToFace = atA;
        return connected;
    }
}
