using Piccolo.Forwarder;
using Piccolo.Forwarder.Faces;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Network;

namespace Piccolo.Sim.Nodes;

/// <content>Faces, and frames that wait for the processor.</content>
public sealed partial class SimNode
{
    private const ulong FirstFace = 256;
    private const long OutgoingFlag = 1L << 60;
    private const int FaceShift = 16;
    private const int LifeShift = 36;
    private const int LengthMask = 0xFFFF;
    private const int FaceMask = 0xFFFFF;
    private const int LifeMask = 0xFFFF;
    private const int HopShift = 52;
    private const int HopMask = 0xFF;

    /// <summary>The face that a link between this node and another has here, or null.</summary>
    public LinkFace? FaceTo(SimNode peer)
    {
        foreach (NodeFace face in _faces)
        {
            if (face is LinkFace link && link.Peer == peer)
            {
                return link;
            }
        }

        return null;
    }

    internal LinkFace AddLink(LinkDirection direction)
    {
        var face = new LinkFace(this, direction);
        Add(face);
        return face;
    }

    /// <summary>Sends a frame over a face once the processor is done with what the running event charged.</summary>
    internal void PostFrame(NodeFace face, ReadOnlySpan<byte> frame) =>
        PostFrame(face, frame, OutputTimeNs, OutgoingFlag | ((long)Hops << HopShift));

    /// <summary>An application hands the forwarder a frame.</summary>
    internal void SubmitFrom(ApplicationFace face, ReadOnlySpan<byte> frame)
    {
        CheckThread();
        if (!IsUp)
        {
            return;
        }

        // What no frame can hold is not kept: the forwarder refuses and counts it at once.
        if (OutputTimeNs > NowNs && frame.Length <= FramePool.DefaultFrameSize)
        {
            PostFrame(face, frame, OutputTimeNs, 0);
            return;
        }

        if (IsRunning)
        {
            _forwarder.HandleFrame(face.Id, frame, LocalNow);
            Drain();
        }
        else
        {
            Process(face, frame);
        }
    }

    private NodeFace FaceOf(FaceId id)
    {
        int index = (int)(id.Value - FirstFace);
        return (uint)index < (uint)_faces.Count && _faces[index].Id == id ? _faces[index] : FindFace(id);
    }

    private NodeFace FindFace(FaceId id)
    {
        foreach (NodeFace face in _faces)
        {
            if (face.Id == id)
            {
                return face;
            }
        }

        throw new InvalidOperationException($"the forwarder sends to face {id.Value}, which node '{Name}' does not have");
    }

    private void QueueForProcessor(NodeFace face, ReadOnlySpan<byte> frame)
    {
        if (Cpu.Backlog >= Cpu.Settings.BacklogMax)
        {
            Cpu.DroppedFrames++;
            return;
        }

        Cpu.Backlog++;
        PostFrame(face, frame, Cpu.Occupy(NowNs, Cpu.Settings.PacketNs), (long)Hops << HopShift);
    }

    private void PostFrame(NodeFace face, ReadOnlySpan<byte> frame, long timeNs, long flags)
    {
        Cpu.Postponed++;
        byte[] buffer = Partition.Buffers.Rent(frame.Length);
        frame.CopyTo(buffer);
        long place = ((long)(Life & LifeMask) << LifeShift) | ((long)face.Index << FaceShift);
        Post(timeNs, this, flags | place | (uint)frame.Length, buffer);
    }

    private void HandlePostponed(long argument, byte[] buffer)
    {
        if (((argument >> LifeShift) & LifeMask) != (Life & LifeMask))
        {
            return;
        }

        Cpu.Postponed--;
        NodeFace face = _faces[(int)(argument >> FaceShift) & FaceMask];
        ReadOnlySpan<byte> frame = buffer.AsSpan(0, (int)argument & LengthMask);
        Hops = (int)(argument >> HopShift) & HopMask;
        if ((argument & OutgoingFlag) != 0)
        {
            ((LinkFace)face).SendNow(frame);
        }
        else
        {
            Cpu.Backlog -= face is LinkFace ? 1 : 0;
            Process(face, frame);
        }

        Hops = 0;
    }

    private void HandleForwarderEvent(in ForwarderEvent report)
    {
        if (report.Kind == ForwarderEventKind.FaceCreationRequested)
        {
            _forwarder.CompleteFaceCreation(
                report.RequestId, new FaceCreationOutcome(null, false, "links of a simulation are in its topology"), LocalNow);
        }
    }

    private void Add(NodeFace face)
    {
        if (_faces.Count > FaceMask)
        {
            throw new ScenarioException($"node '{Name}' has more than {FaceMask} links and applications");
        }

        face.Index = _faces.Count;
        _faces.Add(face);
        Register(face);
    }

    private void Register(NodeFace face)
    {
        var link = face as LinkFace;
        int mtu = link?.Direction.Link.Settings.Mtu ?? 0;
        string description = face.Description;
        var capabilities = new LinkCapabilities(
            description,
            description,
            link is null ? LinkScope.Local : LinkScope.NonLocal,
            LinkType.PointToPoint,
            FacePersistency.Permanent,
            mtu == 0 ? LinkCapabilities.UnlimitedMtu : mtu,
            1,
            ReportsSendQueue: false);
        bool isMarking = link is not null && Settings.EnableCongestionMarking;
        LinkServiceOptions options = Network.LinkOptionsFor(mtu, isLocal: link is null, isMarking);
        face.Id = _forwarder.AddFace(new FaceDescription(capabilities, options), LocalNow);
        if (link is not null)
        {
            link.Direction.Opposite.ToForwarder = _forwarder;
        }

        DiscardEvents();
    }

    private void DiscardEvents()
    {
        while (_forwarder.TryTakeEvent(out _))
        {
            // Nobody but the node adds faces, and the node knows.
        }
    }
}
