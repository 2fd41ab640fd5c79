using Piccolo.Forwarder;
using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;
using Piccolo.Sim.Engine;

namespace Piccolo.Sim.Nodes;

/// <summary>A node of a running network: the production forwarder with links, applications, a clock and a processor.</summary>
/// <remarks>
/// One thread at a time uses it: its partition's, or the network's while all partitions stand still. Whatever goes into the node is
/// followed by a drain: frames out, tasks run, wake-up set.
/// </remarks>
public sealed partial class SimNode : IEventTarget
{
    private const int WakeUp = -1;

    private readonly List<NodeFace> _faces = [];
    private readonly IRandomSource _random;
    private ForwarderCore _forwarder;
    private NodeScheduler? _scheduler;
    private EventHandle _wake;
    private long _wakeNs = long.MaxValue;
    private long _outputNs;
    private ulong _sequence;
    private bool _isDraining;
    private SimDisk? _disk;
    private SimulationException? _fault;

    internal SimNode(SimNetwork network, int index, string name, NodeSettings settings, Partition partition)
    {
        Network = network;
        Index = index;
        Name = name;
        Settings = settings;
        Partition = partition;
        _random = network.Random.For("node", index);
        Clock = new NodeClock(settings.Clock);
        Cpu = new NodeCpu(this, settings.Cpu);
        _forwarder = MakeForwarder();
    }

    /// <summary>The network it is in.</summary>
    public SimNetwork Network { get; }

    /// <summary>Its number in the topology.</summary>
    public int Index { get; }

    /// <summary>Its name in the topology.</summary>
    public string Name { get; }

    /// <summary>What it is made of.</summary>
    public NodeSettings Settings { get; }

    /// <summary>The production forwarder; another one after a restart.</summary>
    public ForwarderCore Forwarder => _forwarder;

    /// <summary>Its faces: links in the order of the topology, then applications.</summary>
    public IReadOnlyList<NodeFace> Faces => _faces;

    /// <summary>Its clock.</summary>
    public NodeClock Clock { get; }

    /// <summary>Its processor.</summary>
    public NodeCpu Cpu { get; }

    /// <summary>Its storage.</summary>
    public SimDisk Disk => _disk ??= new SimDisk(this, Settings.Disk);

    /// <summary>Whether it runs; a crashed node does nothing until it is restarted.</summary>
    public bool IsUp { get; private set; } = true;

    /// <summary>The network's time.</summary>
    /// <remarks>Units: nanoseconds of virtual time since the run began. The node itself knows only <see cref="Clock"/>.</remarks>
    public long NowNs => Partition.NowNs;

    /// <summary>Folds everything that happened at the node.</summary>
    public ulong Digest { get; private set; }

    internal Partition Partition { get; }

    /// <summary>How often it crashed; what belongs to an earlier life is forgotten.</summary>
    internal int Life { get; private set; }

    /// <summary>The first of its timers that are set.</summary>
    internal SimTimer? SetTimers { get; set; }

    /// <summary>Links that the Data which the running event handles came over; 0 for what is no Data, and where nobody asks.</summary>
    internal int Hops { get; set; }

    /// <summary>Whether one of its events runs.</summary>
    internal bool IsRunning { get; private set; }

    /// <summary>When what the running event sends leaves the node: now, or when the processor has done what was charged.</summary>
    internal long OutputTimeNs => Math.Max(_outputNs, NowNs);

    internal Instant LocalNow => Clock.Local(NowNs);

    internal NodeScheduler Scheduler => _scheduler ??= new NodeScheduler(this);

    /// <summary>A timer of this node in the network's time.</summary>
    /// <param name="action">What it does.</param>
    public SimTimer CreateTimer(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return new SimTimer(this, action);
    }

    /// <summary>Does something at the node after a while.</summary>
    /// <param name="delayNs">Nanoseconds of virtual time.</param>
    /// <param name="action">What to do.</param>
    public SimTimer Schedule(long delayNs, Action action)
    {
        // While the network stands still, any one thread may prepare it.
        if (Network.IsInWindow)
        {
            CheckThread();
        }

        SimTimer timer = CreateTimer(action);
        timer.Set(delayNs);
        return timer;
    }

    internal ulong NextOrder() => ((ulong)(Index + 1) << 40) | _sequence++;

    internal EventHandle Post(long timeNs, IEventTarget target, long argument, object? payload) =>
        Partition.Post(timeNs, NextOrder(), target, argument, payload);

    /// <summary>Runs something as an event of this node, with all that follows from it.</summary>
    internal void Run(Action action)
    {
        Begin(1);
        try
        {
            action();
            Drain();
        }
        catch (Exception error) when (error is not SimulationException)
        {
            throw Network.Fault(this, error);
        }
        finally
        {
            End();
        }
    }

    /// <summary>A frame arrived over a link.</summary>
    internal void Receive(NodeFace face, ReadOnlySpan<byte> frame)
    {
        Digest = Digests.Fold(Digests.Fold(Digest, (ulong)NowNs), frame);
        if (Cpu.Settings.PacketNs > 0)
        {
            QueueForProcessor(face, frame);
            return;
        }

        Process(face, frame);
    }

    internal void DelayOutput(long untilNs) => _outputNs = Math.Max(_outputNs, untilNs);

    /// <summary>Refuses what runs outside of the node's own events, where its order would depend on the machine or on partitions.</summary>
    internal void CheckThread()
    {
        SimNode? running = Partition.IsOwnThread ? Partition.RunningNode : Partition.RunningNodeOfThread;
        if (running is null && !Partition.IsOwnThread)
        {
            // Who looks at what is thrown there? Code that nobody awaits would go on as if nothing were wrong.
            SimulationException escape = Escape();
            Network.ReportFault(this, escape);
            throw escape;
        }

        if (running is not null && running != this)
        {
            throw new SimulationException(
                $"code of node '{running.Name}' uses this node; nodes reach each other by packets only", Name, running.NowNs, Network.Seed);
        }
    }

    /// <summary>What is wrong with code of this node that runs on a thread of the machine.</summary>
    internal SimulationException Escape() => new(
        "code continued on a thread of the machine instead of the node's scheduler; leave out ConfigureAwait(false), Task.Run and delays "
        + "without the node's TimeProvider",
        Name,
        NowNs,
        Network.Seed);

    /// <summary>Lets the running event end the run: something of the node failed where no caller could be told.</summary>
    internal void Fail(SimulationException fault) => _fault ??= fault;

    /// <inheritdoc/>
    void IEventTarget.Fire(Partition partition, long argument, object? payload)
    {
        if (argument == WakeUp)
        {
            HandleWakeUp();
            return;
        }

        var buffer = (byte[])payload!;
        HandlePostponed(argument, buffer);
        partition.Buffers.Return(buffer);
    }

    /// <inheritdoc/>
    void IEventTarget.Expect(bool isAtOnce) => CacheHint.Object(_forwarder, 5);

    private void Process(NodeFace face, ReadOnlySpan<byte> frame)
    {
        Begin(0);
        try
        {
            _forwarder.HandleFrame(face.Id, frame, LocalNow);
            Drain();
        }
        catch (Exception error) when (error is not SimulationException)
        {
            throw Network.Fault(this, error);
        }
        finally
        {
            End();
        }
    }

    private void HandleWakeUp()
    {
        _wakeNs = long.MaxValue;
        Begin(2);
        try
        {
            _forwarder.HandleTimeout(LocalNow);
            Drain();
        }
        catch (Exception error) when (error is not SimulationException)
        {
            throw Network.Fault(this, error);
        }
        finally
        {
            End();
        }
    }

    private void Begin(ulong kind)
    {
        if (kind != 0)
        {
            Digest = Digests.Fold(Digests.Fold(Digest, (ulong)NowNs), kind);
        }

        IsRunning = true;
        Partition.RunningNode = this;
        _outputNs = 0;
        Cpu.BeginWork();
    }

    private void End()
    {
        IsRunning = false;
        Partition.RunningNode = null;
        _outputNs = 0;
        ArmWakeUp();
        Partition.ExpectAtOnce();
    }

    /// <summary>Sends what the forwarder has for the faces and runs the tasks that are ready, until there is nothing more.</summary>
    private void Drain()
    {
        if (_isDraining)
        {
            return;
        }

        _isDraining = true;
        Partition.ExpectMore();
        try
        {
            do
            {
                while (_forwarder.TryTakeTransmit(out Transmit transmit))
                {
                    FaceOf(transmit.Face).Transmit(transmit.Frame);
                }

                while (_forwarder.TryTakeEvent(out ForwarderEvent report))
                {
                    HandleForwarderEvent(report);
                }

            }
            while (_scheduler is not null && RunNextTask(_scheduler));

            if (_fault is not null)
            {
                throw _fault;
            }
        }
        finally
        {
            _isDraining = false;
        }
    }

    /// <summary>Each task pays for itself: what the one before charged delays only what that one sent.</summary>
    private bool RunNextTask(NodeScheduler scheduler)
    {
        _outputNs = 0;
        Cpu.BeginWork();
        return scheduler.RunNext();
    }

    private void ArmWakeUp()
    {
        Instant next = _forwarder.NextTimeout;
        if (next == Instant.Never)
        {
            return;
        }

        long nextNs = Clock.Global(next);
        if (nextNs < _wakeNs)
        {
            Partition.Cancel(_wake);
            _wakeNs = Math.Max(nextNs, NowNs);
            _wake = Post(_wakeNs, this, WakeUp, null);
        }
    }
}
