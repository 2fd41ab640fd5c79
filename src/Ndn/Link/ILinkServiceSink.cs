namespace Piccolo.Ndn.Link;

/// <summary>Who gets the network packets that a link service unpacked.</summary>
/// <remarks>
/// Owns: the spans are valid only during the call; the callee copies what it keeps. The callee may call
/// <see cref="LinkService.Send"/> on the same service. The packet is one whole TLV element of the right type and not
/// longer than a packet may be; its inside is not checked.
/// </remarks>
public interface ILinkServiceSink
{
    /// <summary>An Interest arrived.</summary>
    void OnInterest(in LpHeaders headers, ReadOnlySpan<byte> packet);

    /// <summary>A Data packet arrived.</summary>
    void OnData(in LpHeaders headers, ReadOnlySpan<byte> packet);

    /// <summary>An Interest came back refused; the reason is in the headers.</summary>
    void OnNack(in LpHeaders headers, ReadOnlySpan<byte> interest);
}
