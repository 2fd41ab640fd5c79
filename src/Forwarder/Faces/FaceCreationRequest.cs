using Piccolo.Ndn.Link;

namespace Piccolo.Forwarder.Faces;

/// <summary>A face that management wants the host to make.</summary>
/// <param name="RemoteUri">The peer, in canonical form.</param>
/// <param name="LocalUri">Our end in canonical form; null to let the host choose.</param>
/// <param name="Persistency">When it is to end by itself.</param>
/// <param name="LinkOptions">How its link service is to work; null for the host's defaults.</param>
/// <param name="Mtu">Largest frame; null for the transport's own.</param>
public sealed record FaceCreationRequest(
    string RemoteUri, string? LocalUri, FacePersistency Persistency, LinkServiceOptions? LinkOptions, int? Mtu);
