using Piccolo.Forwarder.Faces;

namespace Piccolo.Forwarder;

/// <summary>What the forwarder says while it works; a host writes it to its log, a simulation to its trace.</summary>
public interface IForwarderLog
{
    /// <summary>Whether <see cref="PacketDropped"/> should be called at all.</summary>
    bool IsPacketTraceEnabled { get; }

    /// <summary>A packet or frame was dropped; the counter of the reason was raised as well.</summary>
    void PacketDropped(FaceId face, DropReason reason);

    /// <summary>A face was added.</summary>
    void FaceAdded(Face face);

    /// <summary>A face was removed.</summary>
    void FaceRemoved(Face face);
}
