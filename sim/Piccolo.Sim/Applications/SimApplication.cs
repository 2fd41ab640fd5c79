using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Nodes;

namespace Piccolo.Sim.Applications;

/// <summary>An application of a simulated node that speaks packets: derive from it, and override what you need.</summary>
/// <remarks>
/// All members run one at a time, in virtual time. What an override throws ends the run with a <see cref="SimulationException"/> that
/// names node, time and seed. For ordinary <c>async</c> code derive from <see cref="AsyncApplication"/>.
/// </remarks>
public abstract class SimApplication
{
    private ApplicationFace? _face;
    private IRandomSource? _random;

    /// <summary>What people call it; unique on its node is helpful, not required.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>The node it runs on.</summary>
    /// <exception cref="InvalidOperationException">It was not added to one.</exception>
    public SimNode Node => Face.Node;

    /// <summary>Its face of the node's forwarder.</summary>
    /// <exception cref="InvalidOperationException">It was not added to a node.</exception>
    public ApplicationFace Face => _face ?? throw new InvalidOperationException($"{Name} was not added to a node");

    /// <summary>Whether it has started and not stopped.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Virtual time in nanoseconds, as the network has it.</summary>
    public long NowNs => Node.NowNs;

    /// <summary>Its own stream of randomness; another one in each life of its node, so that no Nonce comes back after a crash.</summary>
    protected IRandomSource Random => _random ??= Node.Network.Random.For(
        Node.Life == 0 ? "application" : $"application.{Node.Life}", ((long)Node.Index << 20) | (uint)Face.Index);

    /// <summary>Begins; called once.</summary>
    protected virtual void OnStart()
    {
    }

    /// <summary>Ends in good order; a crash of the node ends it without.</summary>
    protected virtual void OnStop()
    {
    }

    /// <summary>An Interest that the forwarder brought here.</summary>
    protected virtual void OnInterest(in LpHeaders headers, in InterestView interest)
    {
    }

    /// <summary>A Data that answers an Interest of ours.</summary>
    protected virtual void OnData(in LpHeaders headers, in DataView data)
    {
    }

    /// <summary>The network refused an Interest of ours.</summary>
    protected virtual void OnNack(in LpHeaders headers, in InterestView interest)
    {
    }

    /// <summary>Hands a whole Interest or Data to the forwarder.</summary>
    protected void Send(ReadOnlySpan<byte> packet) => Node.SubmitFrom(Face, packet);

    /// <summary>A timer in virtual time that can be set again and again; made idle.</summary>
    protected SimTimer CreateTimer(Action action) => Node.CreateTimer(action);

    /// <summary>Does something after so many nanoseconds of virtual time.</summary>
    protected SimTimer Schedule(long delayNs, Action action) => Node.Schedule(delayNs, action);

    /// <summary>Routes a prefix to this application on its own node; other nodes learn of it only by routes.</summary>
    protected void Register(Name prefix)
    {
        if (!Node.AddRoute(prefix, Face))
        {
            throw new InvalidOperationException($"the FIB has no room for {prefix}");
        }
    }

    internal void Attach(SimNode node, ApplicationFace face)
    {
        _ = node;
        _face = face;
    }

    internal void Start()
    {
        IsRunning = true;
        OnStart();
    }

    internal void Stop()
    {
        if (IsRunning)
        {
            IsRunning = false;
            OnStop();
        }
    }

    /// <summary>Takes a frame from the forwarder; owns the lease.</summary>
    internal virtual void Take(FrameLease frame)
    {
        using (frame)
        {
            Dispatch(frame.Span);
        }
    }

    private void Dispatch(ReadOnlySpan<byte> frame)
    {
        if (!IsRunning)
        {
            return;
        }

        LpHeaders headers = default;
        ReadOnlySpan<byte> packet = frame;
        if (frame[0] == (byte)TlvType.LpPacket)
        {
            if (LpPacketView.TryDecode(frame, out LpPacketView lp) != TlvStatus.Ok || !lp.HasFragment)
            {
                return;
            }

            headers = lp.Headers;
            packet = lp.Fragment;
        }

        if (packet[0] == (byte)TlvType.Data)
        {
            if (DataView.TryDecode(packet, out DataView data) == TlvStatus.Ok)
            {
                OnData(headers, data);
            }
        }
        else if (InterestView.TryDecode(packet, out InterestView interest) == TlvStatus.Ok)
        {
            if (headers.IsNack)
            {
                OnNack(headers, interest);
            }
            else
            {
                OnInterest(headers, interest);
            }
        }
    }
}
