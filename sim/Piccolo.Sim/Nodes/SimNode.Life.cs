using Piccolo.Forwarder;
using Piccolo.Forwarder.Management;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Security;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Engine;

namespace Piccolo.Sim.Nodes;

/// <content>Applications, routes, crash and restart.</content>
public sealed partial class SimNode
{
    private readonly List<Installed> _installed = [];
    private ForwarderManagement? _management;

    /// <summary>The applications that live now, in the order they were added.</summary>
    public IReadOnlyList<SimApplication> Applications
    {
        get
        {
            List<SimApplication> list = [];
            foreach (Installed installed in _installed)
            {
                if (installed.Current is not null)
                {
                    list.Add(installed.Current);
                }
            }

            return list;
        }
    }

    /// <summary>Adds an application; before the run or from a control event.</summary>
    /// <param name="make">Makes it; called again after the node restarted, for what a crash ends does not come back.</param>
    /// <param name="startNs">When it starts, in nanoseconds of virtual time; a restart after that starts it at once.</param>
    /// <param name="stopNs">When it stops for good.</param>
    /// <returns>The application.</returns>
    public SimApplication Add(Func<SimApplication> make, long startNs = 0, long stopNs = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(make);
        if (startNs < 0 || stopNs < startNs)
        {
            throw new ScenarioException($"an application of node '{Name}' starts at {startNs} ns and stops at {stopNs} ns");
        }

        Network.RefuseInEvents("adding an application");
        var installed = new Installed(make, startNs, stopNs);
        _installed.Add(installed);
        Launch(installed);
        return installed.Current!;
    }

    /// <summary>Adds a route of the forwarder; false when the FIB is full.</summary>
    /// <param name="prefix">For which names.</param>
    /// <param name="face">Where they go.</param>
    /// <param name="cost">The lower the better.</param>
    public bool AddRoute(Name prefix, NodeFace face, ulong cost = 0)
    {
        ArgumentNullException.ThrowIfNull(face);
        return _forwarder.AddNextHop(prefix, face.Id, cost, LocalNow);
    }

    /// <summary>Removes a route of the forwarder.</summary>
    public bool RemoveRoute(Name prefix, NodeFace face)
    {
        ArgumentNullException.ThrowIfNull(face);
        return _forwarder.RemoveNextHop(prefix, face.Id);
    }

    /// <summary>Ends the node as a power cut would; only from a control event.</summary>
    public void Crash()
    {
        Network.RefuseInEvents("crashing a node");
        if (!IsUp)
        {
            return;
        }

        IsUp = false;
        Life++;
        SimTimer.CancelAll(this);
        Digest = Digests.Fold(Digest, (ulong)NowNs);
        Partition.Cancel(_wake);
        _wakeNs = long.MaxValue;
        _scheduler?.Clear();
        Cpu.Reset(NowNs);
        foreach (Installed installed in _installed)
        {
            installed.Current = null;
        }

        foreach (NodeFace face in _faces)
        {
            if (face is LinkFace link)
            {
                link.Direction.StopSending();
            }
            else
            {
                CloseFace(face);
            }
        }

        _faces.RemoveAll(static face => face is ApplicationFace);
        _disk?.Crash(NowNs);
    }

    /// <summary>Starts a crashed node again, and its applications anew; only from a control event.</summary>
    /// <param name="state">What is still there.</param>
    public void Restart(RestartState state = RestartState.Disk)
    {
        Network.RefuseInEvents("restarting a node");
        if (IsUp)
        {
            return;
        }

        IsUp = true;
        Cpu.Reset(NowNs);
        if (state == RestartState.Nothing)
        {
            _disk?.Wipe();
        }

        if (state == RestartState.DiskAndTables)
        {
            ArmWakeUp();
        }
        else
        {
            ReplaceForwarder();
            Network.OnRestarted(this);
        }

        foreach (Installed installed in _installed)
        {
            if (installed.StopNs > NowNs)
            {
                Launch(installed);
            }
        }
    }

    /// <summary>Lets applications register prefixes by NFD's protocol; a node without such applications does without.</summary>
    internal void EnsureManagement()
    {
        _management ??= ForwarderManagement.Attach(
            _forwarder, new ManagementOptions(), DigestSha256Signer.Instance, new AnyCommandAuthorizer(), LocalNow);
        DiscardEvents();
    }

    private void Launch(Installed installed)
    {
        SimApplication application = Make(installed);
        var face = new ApplicationFace(this, application);
        Add(face);
        application.Attach(this, face);
        installed.Current = application;
        long nowNs = NowNs;
        Schedule(Math.Max(0, installed.StartNs - nowNs), application.Start);
        if (installed.StopNs != long.MaxValue)
        {
            Schedule(installed.StopNs - nowNs, application.Stop);
        }
    }

    /// <summary>Takes a face, and all routes to it, from the forwarder.</summary>
    internal void CloseFace(NodeFace face)
    {
        _forwarder.RemoveFace(face.Id, LocalNow);
        DiscardEvents();
    }

    /// <summary>The old one gives its frames back; the new one knows the links and nothing else.</summary>
    private void ReplaceForwarder()
    {
        foreach (NodeFace face in _faces)
        {
            CloseFace(face);
        }

        while (_forwarder.TryTakeTransmit(out Transmit transmit))
        {
            transmit.Frame.Dispose();
        }

        _management = null;
        _forwarder = MakeForwarder();
        foreach (NodeFace face in _faces)
        {
            Register(face);
        }
    }

    private ForwarderCore MakeForwarder() => new(Network.ForwarderOptionsFor(this), Partition.Frames, _random, null);

    private SimApplication Make(Installed installed)
    {
        try
        {
            return installed.Make();
        }
        catch (Exception error) when (error is not (ScenarioException or SimulationException))
        {
            throw Network.Fault(this, error);
        }
    }

    private sealed class Installed(Func<SimApplication> make, long startNs, long stopNs)
    {
        public Func<SimApplication> Make { get; } = make;

        public long StartNs { get; } = startNs;

        public long StopNs { get; } = stopNs;

        public SimApplication? Current { get; set; }
    }
}
