namespace Piccolo.Ndn.Link;

/// <summary>What a driver tells about a link when it hands it over.</summary>
/// <param name="LocalUri">Our end, as a FaceUri in canonical form.</param>
/// <param name="RemoteUri">The peer's end, as a FaceUri in canonical form.</param>
/// <param name="Scope">Whether the link stays on this host.</param>
/// <param name="Type">How many peers it reaches.</param>
/// <param name="Persistency">When it ends by itself.</param>
/// <param name="Mtu">Largest frame in octets that can be sent, or <see cref="UnlimitedMtu"/> for streams.</param>
/// <param name="BatchSize">How many frames a call of <see cref="ILink.Send"/> should carry at most.</param>
/// <param name="ReportsSendQueue">Whether <see cref="ILink.SendQueueOctets"/> means anything.</param>
public sealed record LinkCapabilities(
    string LocalUri,
    string RemoteUri,
    LinkScope Scope,
    LinkType Type,
    FacePersistency Persistency,
    int Mtu,
    int BatchSize,
    bool ReportsSendQueue)
{
    /// <summary>The MTU of a stream: frames are never fragmented.</summary>
    public const int UnlimitedMtu = int.MaxValue;
}
