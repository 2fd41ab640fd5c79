using Microsoft.Extensions.Logging;
using Piccolo.Forwarder;
using Piccolo.Forwarder.Faces;

namespace Piccolo.Node.Engine;

/// <summary>The forwarder's log as lines of the host's.</summary>
internal sealed partial class ForwarderLog(ILogger log) : IForwarderLog
{
    /// <inheritdoc/>
    public bool IsPacketTraceEnabled => log.IsEnabled(LogLevel.Trace);

    /// <inheritdoc/>
    public void PacketDropped(FaceId face, DropReason reason) => LogDropped(face.Value, reason);

    /// <inheritdoc/>
    public void FaceAdded(Face face) => LogAdded(face.Id.Value, face.Capabilities.RemoteUri);

    /// <inheritdoc/>
    public void FaceRemoved(Face face) => LogRemoved(face.Id.Value, face.Capabilities.RemoteUri);

    [LoggerMessage(20, LogLevel.Trace, "Face {Face}: a packet was dropped: {Reason}")]
    private partial void LogDropped(ulong face, DropReason reason);

    [LoggerMessage(21, LogLevel.Debug, "Face {Face} to {Remote} added")]
    private partial void LogAdded(ulong face, string remote);

    [LoggerMessage(22, LogLevel.Debug, "Face {Face} to {Remote} removed")]
    private partial void LogRemoved(ulong face, string remote);
}
