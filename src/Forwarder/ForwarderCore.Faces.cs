using Piccolo.Forwarder.Faces;
using Piccolo.Forwarder.Pipelines;
using Piccolo.Ndn;
using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Forwarder;

/// <content>Faces: frames in, frames out, and the internal face.</content>
public sealed partial class ForwarderCore
{
    /// <summary>How many faces there are, the internal one included.</summary>
    public int FaceCount => _faces.Count;

    /// <summary>Adds a face for a link that the host holds.</summary>
    /// <returns>Its number, or <see cref="FaceId.None"/> when there are too many.</returns>
    public FaceId AddFace(FaceDescription description, Instant now)
    {
        ArgumentNullException.ThrowIfNull(description);
        var link = new LinkService(description.LinkOptions, _frames, _random);
        Face? face = _faces.Add(description.Capabilities, link, now);
        if (face is null)
        {
            return FaceId.None;
        }

        _log?.FaceAdded(face);
        RaiseEvent(new ForwarderEvent(ForwarderEventKind.FaceCreated, face.Id, 0, null));
        _management?.OnFaceCreated(face, now);
        DispatchInternal(now);
        return face.Id;
    }

    /// <summary>Removes a face with its nexthops and PIT records; frames of it that wait for transmission stay.</summary>
    /// <returns>False when there is no such face, or it is the internal one.</returns>
    /// <remarks>Bound: walks the PIT, and the FIB as far as the face's last nexthop.</remarks>
    public bool RemoveFace(FaceId id, Instant now)
    {
        Face? face = _faces.Find(id);
        if (face is null || face.Slot == FaceTable.InternalSlot)
        {
            return false;
        }

        for (int index = 0; index < _fib.IndexEnd && face.NextHopCount > 0; index++)
        {
            if (_fib.IsUsed(index))
            {
                _fib.RemoveNextHop(index, face.Slot);
            }
        }

        for (int index = 0; index < _pit.IndexEnd; index++)
        {
            if (_pit.IsUsed(index))
            {
                ForgetFace(index, face.Slot);
            }
        }

        _linkTimers.Cancel(face.Slot);
        face.Link?.Dispose();
        _faces.Remove(face);
        _log?.FaceRemoved(face);
        RaiseEvent(new ForwarderEvent(ForwarderEventKind.FaceDestroyed, face.Id, 0, null));
        _management?.OnFaceDestroyed(face, now);
        DispatchInternal(now);
        return true;
    }

    /// <summary>The face of a number, or null.</summary>
    public Face? FindFace(FaceId id) => _faces.Find(id);

    /// <summary>All faces in the order of their slots, the internal one first.</summary>
    public IReadOnlyList<Face> ListFaces()
    {
        List<Face> list = new(_faces.Count);
        for (int slot = 0; slot < _faces.SlotEnd; slot++)
        {
            if (_faces.AtSlot(slot) is Face face)
            {
                list.Add(face);
            }
        }

        return list;
    }

    /// <summary>Hints to the processor that a frame for this forwarder comes next, where one thread runs many forwarders.</summary>
    public void ExpectFrame()
    {
        CacheHint.Object(_faces, 1);
        CacheHint.Object(_pit, 2);
        CacheHint.Object(_contentStore, 2);
        CacheHint.Object(_deadNonces, 1);
        CacheHint.Object(_fib, 1);
        CacheHint.Object(_strategies, 1);
        CacheHint.Object(Counters, 3);
        CacheHint.Object(_transmits, 1);
        CacheHint.Object(_hashes, 2);
    }

    /// <summary>Takes a frame that a face's link received. Copies what it keeps.</summary>
    public void HandleFrame(FaceId id, ReadOnlySpan<byte> frame, Instant now)
    {
        Face? face = _faces.Find(id);
        if (face?.Link is null)
        {
            Drop(face, DropReason.UnknownFace);
            return;
        }

        face.CountersRef.InOctets += (ulong)frame.Length;
        var sink = new FrameSink(this, face, now);
        if (face.Link.HandleFrame(frame, now, ref sink) != TlvStatus.Ok)
        {
            Drop(face, DropReason.MalformedFrame);
        }

        TakeFrames(face);
        DispatchInternal(now);
    }

    /// <summary>Says how many octets a face's link has not sent yet; congestion marks follow from it.</summary>
    public void HandleSendQueue(FaceId id, long octets)
    {
        if (_faces.Find(id) is Face face)
        {
            face.SendQueueOctets = octets;
        }
    }

    /// <summary>Puts management behind the internal face and routes a prefix to it.</summary>
    internal void AttachInternalFace(IInternalFace management, Name prefix, Instant now)
    {
        _management = management;
        AddNextHop(prefix, FaceId.Internal, 0, now);
    }

    /// <summary>Takes an Interest or Data from the internal face.</summary>
    internal void SendFromInternalFace(in LpHeaders headers, ReadOnlySpan<byte> packet, Instant now)
    {
        if (packet.Length > 0 && packet[0] == TlvType.Interest)
        {
            ReceiveInterest(_faces.Internal, headers, packet, now);
        }
        else
        {
            ReceiveData(_faces.Internal, headers, packet, now);
        }

        DispatchInternal(now);
    }

    /// <summary>Sends a packet through a face. The octets are not kept.</summary>
    private void Send(Face face, in LpHeaders headers, ReadOnlySpan<byte> packet, Instant now)
    {
        if (face.Link is null)
        {
            SendToInternalFace(face, headers, packet);
            return;
        }

        face.Link.Send(headers, packet, face.SendQueueOctets, now);
        TakeFrames(face);
    }

    private void SendToInternalFace(Face face, in LpHeaders headers, ReadOnlySpan<byte> packet)
    {
        if (_management is null || packet.Length > _frames.FrameSize)
        {
            Drop(face, DropReason.UnknownFace);
            return;
        }

        var item = new InternalPacket
        {
            Headers = headers,
            Frame = _frames.Rent(packet),
            IsInterest = packet[0] == TlvType.Interest && !headers.IsNack,
        };
        if (!_internalPackets.TryEnqueue(item))
        {
            item.Frame.Dispose();
            Drop(face, DropReason.InternalQueueFull);
        }
    }

    /// <summary>Lets management have its packets, outside of any pipeline.</summary>
    private void DispatchInternal(Instant now)
    {
        if (_management is null || _isDispatching)
        {
            return;
        }

        _isDispatching = true;
        while (_internalPackets.TryDequeue(out InternalPacket item))
        {
            using FrameLease frame = item.Frame;
            if (item.IsInterest)
            {
                _management.OnInterest(item.Headers, frame.Span, now);
            }
            else
            {
                _management.OnAnswer(item.Headers, frame.Span, now);
            }
        }

        _isDispatching = false;
    }

    private void TakeFrames(Face face)
    {
        LinkService link = face.Link!;
        while (link.TryTakeTransmit(out FrameLease? frame))
        {
            face.CountersRef.OutOctets += (ulong)frame.Length;
            if (!_transmits.TryEnqueue(new Transmit(face.Id, frame)))
            {
                frame.Dispose();
                Drop(face, DropReason.TransmitQueueFull);
            }
        }

        Instant timeout = link.NextTimeout;
        if (timeout == face.LinkTimeout)
        {
            return;
        }

        face.LinkTimeout = timeout;
        if (timeout == Instant.Never)
        {
            _linkTimers.Cancel(face.Slot);
        }
        else
        {
            _linkTimers.EnsureCapacity(_faces.SlotEnd);
            _linkTimers.Arm(face.Slot, timeout);
        }
    }

    private void HandleLinkTimeout(Face face, Instant now)
    {
        face.LinkTimeout = Instant.Never;
        face.Link!.HandleTimeout(now);
        while (face.Link.TryTakeDroppedInterest(out _))
        {
            Drop(face, DropReason.LinkGaveUp);
        }

        TakeFrames(face);
    }

    private void ForgetFace(int entry, int slot)
    {
        int record = _pit.FindIn(entry, slot);
        if (record >= 0)
        {
            _pit.RemoveIn(entry, record);
        }

        record = _pit.FindOut(entry, slot);
        if (record >= 0)
        {
            _pit.RemoveOut(entry, record);
        }
    }
}
