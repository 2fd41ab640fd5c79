using Piccolo.Client.Congestion;
using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Measuring;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Validation.Reality;

/// <summary>The same consumers and producers as ndnload's, in a simulation of the same topology.</summary>
internal sealed class SimulatedLoad : IApplicationLog, IDisposable
{
    // The octets that /PREFIX/FLOW/ID of ndnload has beside the prefix, less the six of a sequence number: names of equal length.
    private const int FillerOctets = 14;
    private const long Second = 1_000_000_000;

    private readonly SimNetwork _network;
    private readonly Dictionary<SimApplication, DelayHistogram> _delays = [];
    private readonly List<Consumer> _consumers = [];
    private bool _isMeasuring;

    /// <summary>A simulation of a topology.</summary>
    public SimulatedLoad(Topology topology)
    {
        _network = new SimNetwork(topology, new SimOptions { NodeDefaults = new NodeSettings { ContentStoreCapacity = 65_536 } })
        {
            ApplicationLog = this,
        };
    }

    /// <summary>Routes a prefix over a link of a node.</summary>
    public void AddRoute(int node, string prefix, int link)
    {
        SimNode at = _network.Nodes[node];
        SimNode to = _network.Links[link].A == at ? _network.Links[link].B : _network.Links[link].A;
        at.AddRoute(Name.Parse(prefix), at.FaceTo(to)!);
    }

    /// <summary>Adds a producer to a node.</summary>
    public void AddProducer(int node, string prefix, int payload) => _network.Nodes[node].Add(() => new Producer(new ProducerSettings
    {
        Prefix = Name.Parse(prefix),
        PayloadOctets = payload,
    }));

    /// <summary>Adds a consumer to a node: at a rate, or with a window.</summary>
    public void AddConsumer(int node, string prefix, double rate, int window, long startNs)
    {
        var settings = new ConsumerSettings
        {
            Prefix = Name.Parse($"{prefix}/{new string('0', FillerOctets)}"),
            FirstSequence = 1 << 20,
            LifetimeMs = 4000,
            RetransmissionsMax = 0,
            Rtt = new RttOptions { InitialTimeout = TimeSpan.FromSeconds(4), TimeoutMin = TimeSpan.FromSeconds(4) },
            Gap = rate > 0 ? Distribution.Constant((long)(Second / rate)) : null,
            Window = rate > 0 ? null : new CongestionWindowOptions { Min = window, Initial = window, Max = window },
            Verify = null,
        };
        var consumer = (Consumer)_network.Nodes[node].Add(() => new Consumer(settings), startNs);
        _consumers.Add(consumer);
        _delays.Add(consumer, new DelayHistogram());
    }

    /// <summary>Runs, and tells what each consumer measured after a warm-up, in the order they were added.</summary>
    public LoadReport[] Run(int warmUpSeconds, int seconds)
    {
        _network.RunUntil(warmUpSeconds * Second);
        _isMeasuring = true;
        long[] before = [.. _consumers.Select(consumer => consumer.ReceivedCount)];
        _network.RunUntil((warmUpSeconds + seconds) * Second);
        return [.. _consumers.Select((consumer, i) => new LoadReport(
            (double)(consumer.ReceivedCount - before[i]) / seconds,
            _delays[consumer].QuantileNs(500) / 1e6,
            _delays[consumer].MeanNs / 1e6,
            100.0 * consumer.FailedCount / consumer.SentCount))];
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    void IApplicationLog.OnAnswered(SimApplication application, long sequence, long lastDelayNs, long fullDelayNs, int retransmissions)
    {
        if (_isMeasuring)
        {
            _delays[application].Record(fullDelayNs);
        }
    }

    void IApplicationLog.OnTimeout(SimApplication application, long sequence)
    {
        // Counted by the consumer.
    }

    void IApplicationLog.OnCall(SimApplication application, in CallRecord call) =>
        throw new InvalidOperationException("nobody calls a function here");
}
