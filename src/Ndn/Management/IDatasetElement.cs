using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Management;

/// <summary>One element of a status dataset, such as a face or a route.</summary>
/// <typeparam name="TSelf">The element's own type.</typeparam>
public interface IDatasetElement<TSelf>
    where TSelf : class, IDatasetElement<TSelf>
{
    /// <summary>Reads one whole element, header included.</summary>
    /// <returns><see cref="TlvStatus.Ok"/>, or why the octets are no such element.</returns>
    static abstract TlvStatus TryDecode(ReadOnlySpan<byte> octets, out TSelf? element);

    /// <summary>The whole element, header included.</summary>
    byte[] Encode();
}
