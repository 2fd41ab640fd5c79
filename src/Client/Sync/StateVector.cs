using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Client.Sync;

/// <summary>The state vector of State Vector Sync, as it travels: who published how much.</summary>
/// <remarks>
/// Wire, version 2: 201 { 202 { Name, SeqNo 204 } * }. Version 3: 201 { 202 { Name, 210 { BootstrapTime 212, SeqNo 214 } + } * }.
/// Entries keep their order; unknown elements make it malformed. Bound: <see cref="EntryCountMax"/> entries.
/// Source: StateVectorSync specification, versions 2 and 3. The protocol itself is not here.
/// </remarks>
public static class StateVector
{
    /// <summary>Most entries that are read.</summary>
    public const int EntryCountMax = 4096;

    private const uint VectorType = 201;
    private const uint EntryType = 202;
    private const uint SequenceTypeV2 = 204;
    private const uint SequenceEntryType = 210;
    private const uint BootstrapTimeType = 212;
    private const uint SequenceTypeV3 = 214;

    /// <summary>Encodes entries; those of one name that follow each other share an element in version 3.</summary>
    public static byte[] Encode(IReadOnlyList<StateVectorEntry> entries, StateVectorVersion version)
    {
        ArgumentNullException.ThrowIfNull(entries);
        List<byte> value = [];
        for (int i = 0; i < entries.Count;)
        {
            List<byte> inner = new(entries[i].Name.Encode());
            int first = i;
            do
            {
                AppendSequence(inner, entries[i], version);
                i++;
            }
            while (version == StateVectorVersion.V3 && i < entries.Count && entries[i].Name == entries[first].Name);

            AppendElement(value, EntryType, inner.ToArray());
        }

        List<byte> whole = [];
        AppendElement(whole, VectorType, value.ToArray());
        return whole.ToArray();
    }

    /// <summary>Decodes a state vector.</summary>
    /// <param name="wire">Exactly one element.</param>
    /// <param name="version">The form it has.</param>
    /// <param name="entries">The entries in the order they travel; empty unless Ok.</param>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> wire, StateVectorVersion version, out IReadOnlyList<StateVectorEntry> entries)
    {
        List<StateVectorEntry> read = [];
        entries = [];
        TlvStatus status = TlvReader.TryReadOnly(wire, VectorType, out TlvElement vector);
        var reader = new TlvReader(status == TlvStatus.Ok ? vector.Value : []);
        while (status == TlvStatus.Ok && !reader.IsAtEnd)
        {
            status = reader.TryRead(out TlvElement entry);
            status = status == TlvStatus.Ok && entry.Type != EntryType ? TlvStatus.UnknownCritical : status;
            status = status == TlvStatus.Ok ? ReadEntry(entry.Value, version, read) : status;
            status = status == TlvStatus.Ok && read.Count > EntryCountMax ? TlvStatus.TooLarge : status;
        }

        entries = status == TlvStatus.Ok ? read : [];
        return status;
    }

    private static TlvStatus ReadEntry(ReadOnlySpan<byte> value, StateVectorVersion version, List<StateVectorEntry> entries)
    {
        var reader = new TlvReader(value);
        TlvStatus status = reader.TryRead(out TlvElement nameTlv);
        if (status != TlvStatus.Ok || nameTlv.Type != TlvType.Name)
        {
            return status == TlvStatus.Ok ? TlvStatus.MissingElement : status;
        }

        status = Name.TryDecode(nameTlv.Whole, out Name? name);
        int before = entries.Count;
        while (status == TlvStatus.Ok && !reader.IsAtEnd && entries.Count <= EntryCountMax)
        {
            status = reader.TryRead(out TlvElement element);
            status = status != TlvStatus.Ok ? status
                : version == StateVectorVersion.V2 ? ReadV2(element, name!, entries, before)
                : ReadV3(element, name!, entries);
        }

        return status == TlvStatus.Ok && entries.Count == before ? TlvStatus.MissingElement : status;
    }

    private static TlvStatus ReadV2(in TlvElement element, Name name, List<StateVectorEntry> entries, int before)
    {
        if (element.Type != SequenceTypeV2)
        {
            return TlvStatus.UnknownCritical;
        }

        if (entries.Count != before || !NonNegativeInteger.TryRead(element.Value, out ulong sequence))
        {
            return entries.Count != before ? TlvStatus.Repeated : TlvStatus.BadNumber;
        }

        entries.Add(new StateVectorEntry(name, 0, sequence));
        return TlvStatus.Ok;
    }

    private static TlvStatus ReadV3(in TlvElement element, Name name, List<StateVectorEntry> entries)
    {
        if (element.Type != SequenceEntryType)
        {
            return TlvStatus.UnknownCritical;
        }

        var reader = new TlvReader(element.Value);
        bool isRead = reader.TryRead(out TlvElement time) == TlvStatus.Ok && time.Type == BootstrapTimeType;
        isRead &= reader.TryRead(out TlvElement number) == TlvStatus.Ok && number.Type == SequenceTypeV3 && reader.IsAtEnd;
        if (!isRead)
        {
            return TlvStatus.MissingElement;
        }

        if (!NonNegativeInteger.TryRead(time.Value, out ulong bootstrapTime)
            || !NonNegativeInteger.TryRead(number.Value, out ulong sequence))
        {
            return TlvStatus.BadNumber;
        }

        entries.Add(new StateVectorEntry(name, bootstrapTime, sequence));
        return TlvStatus.Ok;
    }

    private static void AppendSequence(List<byte> target, StateVectorEntry entry, StateVectorVersion version)
    {
        if (version == StateVectorVersion.V2)
        {
            AppendNumber(target, SequenceTypeV2, entry.Sequence);
            return;
        }

        List<byte> inner = [];
        AppendNumber(inner, BootstrapTimeType, entry.BootstrapTime);
        AppendNumber(inner, SequenceTypeV3, entry.Sequence);
        AppendElement(target, SequenceEntryType, inner.ToArray());
    }

    private static void AppendNumber(List<byte> target, uint type, ulong number)
    {
        byte[] element = new byte[TlvWriter.SizeOfNumber(type, number)];
        var writer = new TlvWriter(element);
        writer.WriteNumber(type, number);
        target.AddRange(element);
    }

    private static void AppendElement(List<byte> target, uint type, byte[] value)
    {
        byte[] element = new byte[TlvWriter.SizeOfElement(type, value.Length)];
        var writer = new TlvWriter(element);
        writer.WriteElement(type, value);
        target.AddRange(element);
    }
}
