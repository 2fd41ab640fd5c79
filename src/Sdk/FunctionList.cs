using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;
using Piccolo.Rice.Messages;

namespace Piccolo.Sdk;

/// <summary>The list of functions that a node publishes for callers on its host.</summary>
/// <remarks>Wire: FUNCTION-LIST-ENTRY 0xC97B * { Name, metadata content as in docs/wire/rice.md }.</remarks>
public static class FunctionList
{
    /// <summary>TLV-TYPE of one entry; see docs/wire/numbers.md.</summary>
    public const uint EntryType = 0xC97B;

    /// <summary>Encodes a list.</summary>
    public static byte[] Encode(IReadOnlyList<FunctionDescriptor> functions)
    {
        ArgumentNullException.ThrowIfNull(functions);
        using var stream = new MemoryStream();
        foreach (FunctionDescriptor function in functions)
        {
            byte[] name = function.Name.Encode();
            byte[] metadata = function.EncodeMetadata();
            byte[] entry = new byte[TlvWriter.SizeOfElement(EntryType, name.Length + metadata.Length)];
            var writer = new TlvWriter(entry);
            writer.WriteHeader(EntryType, name.Length + metadata.Length);
            writer.WriteRaw(name);
            writer.WriteRaw(metadata);
            stream.Write(entry);
        }

        return stream.ToArray();
    }

    /// <summary>Decodes a list; false when it is malformed.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> content, out IReadOnlyList<FunctionDescriptor> functions)
    {
        List<FunctionDescriptor> list = [];
        functions = list;
        var reader = new TlvReader(content);
        while (!reader.IsAtEnd)
        {
            if (reader.TryRead(out TlvElement entry) != TlvStatus.Ok || entry.Type != EntryType)
            {
                return false;
            }

            var inner = new TlvReader(entry.Value);
            if (inner.TryRead(out TlvElement nameTlv) != TlvStatus.Ok
                || Name.TryDecode(nameTlv.Whole, out Name? name) != TlvStatus.Ok
                || FunctionDescriptor.TryDecodeMetadata(entry.Value[inner.Position..], name!, out FunctionDescriptor? descriptor)
                    != TlvStatus.Ok)
            {
                return false;
            }

            list.Add(descriptor!);
        }

        return true;
    }
}
