using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Link;

namespace Piccolo.Drivers.Streams;

/// <summary>Who hears of a connection: the link it belongs to.</summary>
internal interface IStreamConnectionOwner
{
    /// <summary>Frames were cut from the stream, in order, never overlapping; the owner takes the leases.</summary>
    void OnFrames(ReadOnlySpan<FrameLease> frames);

    /// <summary>The connection ended; called once, after its last frames.</summary>
    void OnEnded(StreamConnection connection, LinkCloseReason reason, string detail);
}
