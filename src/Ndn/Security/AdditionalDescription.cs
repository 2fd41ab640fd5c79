using System.Text;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Security;

/// <summary>Remarks about the subject of a certificate, as an extension of SignatureInfo.</summary>
/// <remarks>
/// Wire: TLV-TYPE 258 { DescriptionEntry 512 { DescriptionKey 513, DescriptionValue 514 } } with one or more entries, kept in
/// wire order. Source: NDN certificate format v2, "AdditionalDescription".
/// </remarks>
public sealed class AdditionalDescription
{
    private readonly DescriptionEntry[] _entries;

    /// <summary>A description of these entries; the list is copied.</summary>
    /// <exception cref="ArgumentException">There is no entry, or one with an empty key or value.</exception>
    public AdditionalDescription(params ReadOnlySpan<DescriptionEntry> entries)
    {
        if (entries.IsEmpty)
        {
            throw new ArgumentException("a description has at least one entry", nameof(entries));
        }

        foreach (DescriptionEntry entry in entries)
        {
            if (string.IsNullOrEmpty(entry.Key) || string.IsNullOrEmpty(entry.Value))
            {
                throw new ArgumentException($"an entry needs a key and a value, but got {entry}", nameof(entries));
            }
        }

        _entries = entries.ToArray();
    }

    /// <summary>The entries, in wire order.</summary>
    public IReadOnlyList<DescriptionEntry> Entries => _entries;

    /// <summary>Octets of the whole AdditionalDescription element.</summary>
    public int EncodedLength => TlvWriter.SizeOfElement(TlvType.AdditionalDescription, ValueLength);

    private int ValueLength
    {
        get
        {
            int length = 0;
            foreach (DescriptionEntry entry in _entries)
            {
                length += TlvWriter.SizeOfElement(TlvType.DescriptionEntry, EntryValueLength(entry));
            }

            return length;
        }
    }

    /// <summary>Reads a whole AdditionalDescription element and nothing else.</summary>
    /// <param name="whole">The element, its TYPE and LENGTH included.</param>
    /// <param name="description">The description; null unless Ok.</param>
    /// <returns>
    /// Ok; NotAPacket for another TYPE; MissingElement for a description without entry or an entry without key or value;
    /// BadLength for an empty key or value; BadNumber for text that is not UTF-8; UnknownCritical; or what is wrong with the
    /// elements inside.
    /// </returns>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> whole, out AdditionalDescription? description)
    {
        description = null;
        TlvStatus status = TlvReader.TryReadOnly(whole, TlvType.AdditionalDescription, out TlvElement element);
        return status == TlvStatus.Ok ? TryFromValue(element.Value, out description) : status;
    }

    /// <summary>Writes the whole element.</summary>
    public void Write(ref TlvWriter writer)
    {
        writer.WriteHeader(TlvType.AdditionalDescription, ValueLength);
        foreach (DescriptionEntry entry in _entries)
        {
            writer.WriteHeader(TlvType.DescriptionEntry, EntryValueLength(entry));
            writer.WriteElement(TlvType.DescriptionKey, Encoding.UTF8.GetBytes(entry.Key));
            writer.WriteElement(TlvType.DescriptionValue, Encoding.UTF8.GetBytes(entry.Value));
        }
    }

    internal static TlvStatus TryFromValue(ReadOnlySpan<byte> value, out AdditionalDescription? description)
    {
        description = null;
        List<DescriptionEntry> entries = [];
        TlvReader reader = new(value);
        while (!reader.IsAtEnd)
        {
            TlvStatus status = reader.TryRead(out TlvElement element);
            if (status != TlvStatus.Ok)
            {
                return status;
            }

            if (element.Type != TlvType.DescriptionEntry)
            {
                if (CriticalRule.IsCritical(element.Type))
                {
                    return TlvStatus.UnknownCritical;
                }

                continue;
            }

            status = TryReadEntry(element.Value, out DescriptionEntry? entry);
            if (status != TlvStatus.Ok)
            {
                return status;
            }

            entries.Add(entry!);
        }

        if (entries.Count == 0)
        {
            return TlvStatus.MissingElement;
        }

        description = new AdditionalDescription([.. entries]);
        return TlvStatus.Ok;
    }

    private static TlvStatus TryReadEntry(ReadOnlySpan<byte> value, out DescriptionEntry? entry)
    {
        entry = null;
        TlvReader reader = new(value);
        TlvStatus status = TryReadText(ref reader, TlvType.DescriptionKey, out string key);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        status = TryReadText(ref reader, TlvType.DescriptionValue, out string text);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        while (!reader.IsAtEnd)
        {
            status = reader.TryRead(out TlvElement element);
            if (status != TlvStatus.Ok)
            {
                return status;
            }

            if (CriticalRule.IsCritical(element.Type))
            {
                return TlvStatus.UnknownCritical;
            }
        }

        entry = new DescriptionEntry(key, text);
        return TlvStatus.Ok;
    }

    private static TlvStatus TryReadText(ref TlvReader reader, uint type, out string text)
    {
        text = "";
        TlvStatus status = reader.TryRead(type, out TlvElement element);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        if (element.Value.IsEmpty)
        {
            return TlvStatus.BadLength;
        }

        if (!System.Text.Unicode.Utf8.IsValid(element.Value))
        {
            return TlvStatus.BadNumber;
        }

        text = Encoding.UTF8.GetString(element.Value);
        return TlvStatus.Ok;
    }

    private static int EntryValueLength(DescriptionEntry entry) =>
        TlvWriter.SizeOfElement(TlvType.DescriptionKey, Encoding.UTF8.GetByteCount(entry.Key))
        + TlvWriter.SizeOfElement(TlvType.DescriptionValue, Encoding.UTF8.GetByteCount(entry.Value));
}
