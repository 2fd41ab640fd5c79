using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Management;

/// <summary>Reads a whole status dataset: the concatenated content of its segments.</summary>
public static class Dataset
{
    /// <summary>Reads every element of a dataset.</summary>
    /// <remarks>Bound: one element for each two octets of content.</remarks>
    /// <param name="content">The contents of all segments, joined in order.</param>
    /// <param name="elements">The elements before the first bad one; all of them on success.</param>
    /// <returns><see cref="TlvStatus.Ok"/>, or what is wrong with the first bad element.</returns>
    public static TlvStatus TryDecode<TElement>(ReadOnlySpan<byte> content, out IReadOnlyList<TElement> elements)
        where TElement : class, IDatasetElement<TElement>
    {
        var decoded = new List<TElement>();
        elements = decoded;
        var reader = new TlvReader(content);
        while (!reader.IsAtEnd)
        {
            TlvStatus status = reader.TryRead(out TlvElement outer);
            if (status != TlvStatus.Ok)
            {
                return status;
            }

            status = TElement.TryDecode(outer.Whole, out TElement? element);
            if (status != TlvStatus.Ok)
            {
                return status;
            }

            decoded.Add(element!);
        }

        return TlvStatus.Ok;
    }
}
