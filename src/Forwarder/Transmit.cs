using Piccolo.Ndn.Buffers;

namespace Piccolo.Forwarder;

/// <summary>A frame that is to leave through a face.</summary>
/// <remarks>Owns: whoever takes it owns <see cref="Frame"/> and disposes it exactly once (a link does, when it is sent).</remarks>
/// <param name="Face">The face it leaves through.</param>
/// <param name="Frame">The frame, whole.</param>
public readonly record struct Transmit(FaceId Face, FrameLease Frame);
