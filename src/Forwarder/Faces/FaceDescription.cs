using Piccolo.Ndn.Link;

namespace Piccolo.Forwarder.Faces;

/// <summary>What a host tells of a link when it adds a face for it.</summary>
/// <param name="Capabilities">What the link is.</param>
/// <param name="LinkOptions">How the link service on it is to work.</param>
public sealed record FaceDescription(LinkCapabilities Capabilities, LinkServiceOptions LinkOptions);
