using Piccolo.Forwarder.Faces;

namespace Piccolo.Forwarder;

/// <summary>Something the host may have to act on.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Face">The face it is about; none for a creation request.</param>
/// <param name="RequestId">What to complete a creation request with; else 0.</param>
/// <param name="Creation">The face that is wanted; null unless it is a creation request.</param>
public readonly record struct ForwarderEvent(
    ForwarderEventKind Kind, FaceId Face, ulong RequestId, FaceCreationRequest? Creation);
