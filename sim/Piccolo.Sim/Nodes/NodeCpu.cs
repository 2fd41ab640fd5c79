using Piccolo.Sim.Engine;

namespace Piccolo.Sim.Nodes;

/// <summary>A node's processor: work takes the core that is free first, and its results leave the node when it is done.</summary>
/// <remarks>
/// An event charges what its work costs; what the node sends and the tasks it queues for the rest of the event wait until then. So
/// functions really run, at once, and their price becomes virtual time.
/// </remarks>
public sealed class NodeCpu
{
    private const long Billion = 1_000_000_000;
    private const int NoCore = -1;

    private readonly SimNode _node;
    private long[]? _freeNs;
    private int _core = NoCore;

    internal NodeCpu(SimNode node, CpuSettings settings)
    {
        _node = node;
        Settings = settings;
    }

    /// <summary>What work costs here.</summary>
    public CpuSettings Settings { get; }

    /// <summary>Processor time charged so far, all cores together.</summary>
    /// <remarks>Units: nanoseconds.</remarks>
    public long BusyNs { get; private set; }

    /// <summary>Fuel charged so far.</summary>
    public ulong FuelCharged { get; private set; }

    /// <summary>Frames dropped because too many waited for the processor.</summary>
    public long DroppedFrames { get; internal set; }

    /// <summary>Frames that waited for the processor when the node crashed: to be handled, or to be sent when the work was done.</summary>
    public long LostFrames { get; private set; }

    internal int Backlog { get; set; }

    /// <summary>Frames that wait, outgoing ones included.</summary>
    internal int Postponed { get; set; }

    /// <summary>Charges the running event, or task, with work of so many nanoseconds.</summary>
    /// <remarks>What one event or task is charged with is done in its order on one core.</remarks>
    /// <exception cref="InvalidOperationException">No event of the node runs.</exception>
    public void Charge(long workNs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workNs);
        _node.CheckThread();
        if (!_node.IsRunning)
        {
            throw new InvalidOperationException($"nothing runs on node '{_node.Name}' that its processor could be charged with");
        }

        if (workNs > 0)
        {
            BusyNs = VirtualTimes.Later(BusyNs, workNs);
            long[] freeNs = _freeNs ??= new long[Settings.Cores];
            if (_core == NoCore)
            {
                _core = FirstFree(freeNs);
                freeNs[_core] = Math.Max(_node.NowNs, freeNs[_core]);
            }

            freeNs[_core] = VirtualTimes.Later(freeNs[_core], workNs);
            _node.DelayOutput(freeNs[_core]);
        }
    }

    /// <summary>Charges the running event with a signature.</summary>
    public void ChargeSigning() => Charge(Settings.SignNs);

    /// <summary>Charges the running event with checking a signature.</summary>
    public void ChargeVerifying() => Charge(Settings.VerifyNs);

    /// <summary>Charges the running event with fuel that a function burnt.</summary>
    public void ChargeFuel(ulong fuel)
    {
        FuelCharged += fuel;
        if (Settings.FuelPerSecond > 0)
        {
            Int128 workNs = (Int128)fuel * Billion / Settings.FuelPerSecond;
            Charge((long)Int128.Min(workNs, long.MaxValue));
        }
    }

    /// <summary>Takes the core that is free first; returns when the work is done.</summary>
    internal long Occupy(long nowNs, long workNs)
    {
        BusyNs = VirtualTimes.Later(BusyNs, workNs);
        long[] freeNs = _freeNs ??= new long[Settings.Cores];
        int first = FirstFree(freeNs);
        return freeNs[first] = VirtualTimes.Later(Math.Max(nowNs, freeNs[first]), workNs);
    }

    /// <summary>What is charged from here on is other work, and may go to another core.</summary>
    internal void BeginWork() => _core = NoCore;

    internal void Reset(long nowNs)
    {
        LostFrames += Postponed;
        Postponed = 0;
        Backlog = 0;
        _freeNs?.AsSpan().Fill(nowNs);
        _core = NoCore;
    }

    private static int FirstFree(long[] freeNs)
    {
        int first = 0;
        for (int core = 1; core < freeNs.Length; core++)
        {
            if (freeNs[core] < freeNs[first])
            {
                first = core;
            }
        }

        return first;
    }
}
