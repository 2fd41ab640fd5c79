using Piccolo.Ndn;
using Piccolo.Ndn.Link;

namespace Piccolo.Forwarder.Faces;

/// <summary>What stands behind the internal face: the forwarder's own management.</summary>
/// <remarks>
/// Called on the forwarder's thread and never inside a pipeline, so every member may call the forwarder back at once:
/// send packets, change tables, remove faces.
/// </remarks>
internal interface IInternalFace
{
    /// <summary>When <see cref="HandleTimeout"/> wants to be called.</summary>
    Instant NextTimeout { get; }

    /// <summary>Does what is due.</summary>
    void HandleTimeout(Instant now);

    /// <summary>An Interest was forwarded to the internal face. The octets are valid during the call only.</summary>
    void OnInterest(in LpHeaders headers, ReadOnlySpan<byte> packet, Instant now);

    /// <summary>Data or a Nack came for an Interest that the internal face sent.</summary>
    void OnAnswer(in LpHeaders headers, ReadOnlySpan<byte> packet, Instant now);

    /// <summary>A face was added.</summary>
    void OnFaceCreated(Face face, Instant now);

    /// <summary>A face was removed; its nexthops and records are gone already.</summary>
    void OnFaceDestroyed(Face face, Instant now);

    /// <summary>The host answers a creation request.</summary>
    void OnFaceCreationCompleted(ulong requestId, FaceCreationOutcome outcome, Instant now);
}
