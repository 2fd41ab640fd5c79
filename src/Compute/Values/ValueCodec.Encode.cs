using System.Collections;
using System.Formats.Cbor;

namespace Piccolo.Compute.Values;

public static partial class ValueCodec
{
    private const int EncodeDepthMax = 32;

    /// <summary>Encodes a value of our own making.</summary>
    /// <exception cref="ArgumentException">The value, or one inside it, has no CBOR form; the message says which type.</exception>
    public static byte[] Encode(object? value)
    {
        if (!TryEncode(value, out byte[] cbor, out string error))
        {
            throw new ArgumentException("the value " + error, nameof(value));
        }

        return cbor;
    }

    /// <summary>Encodes a value that may turn out to have no CBOR form.</summary>
    /// <param name="value">
    /// Null, a boolean, any integer or floating-point type, text, octets (array or memory), a dictionary with text keys, or anything
    /// else that can be enumerated.
    /// </param>
    /// <param name="cbor">The octets; empty on failure.</param>
    /// <param name="error">What is wrong, in a few words; empty when nothing is.</param>
    public static bool TryEncode(object? value, out byte[] cbor, out string error)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        error = Write(writer, value, EncodeDepthMax) ?? "";
        cbor = error.Length == 0 ? writer.Encode() : [];
        return error.Length == 0;
    }

    private static string? Write(CborWriter writer, object? value, int depthLeft)
    {
        if (depthLeft < 0)
        {
            return $"is nested deeper than {EncodeDepthMax} levels";
        }

        switch (value)
        {
            case null:
                writer.WriteNull();
                return null;
            case bool boolean:
                writer.WriteBoolean(boolean);
                return null;
            case string text:
                return WriteText(writer, text);
            case byte[] octets:
                writer.WriteByteString(octets);
                return null;
            case ReadOnlyMemory<byte> memory:
                writer.WriteByteString(memory.Span);
                return null;
            case Memory<byte> memory:
                writer.WriteByteString(memory.Span);
                return null;
            case ulong number:
                writer.WriteUInt64(number);
                return null;
            case long or int or uint or short or ushort or sbyte or byte:
                writer.WriteInt64(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                return null;
            case double number:
                writer.WriteDouble(number);
                return null;
            case float number:
                writer.WriteDouble(number);
                return null;
            case Half number:
                writer.WriteDouble((double)number);
                return null;
            case IReadOnlyDictionary<string, object?> map:
                return WriteMap(writer, map, depthLeft);
            case IDictionary map:
                return WriteUntypedMap(writer, map, depthLeft);
            case IEnumerable items:
                return WriteArray(writer, items, depthLeft);
            default:
                return $"has the type {value.GetType().Name}, which has no CBOR form here";
        }
    }

    private static string? WriteText(CborWriter writer, string text)
    {
        try
        {
            writer.WriteTextString(text);
            return null;
        }
        catch (ArgumentException)
        {
            return "has text with half a surrogate pair in it";
        }
    }

    private static string? WriteArray(CborWriter writer, IEnumerable items, int depthLeft)
    {
        List<object?> list = [];
        foreach (object? item in items)
        {
            list.Add(item);
        }

        writer.WriteStartArray(list.Count);
        for (int i = 0; i < list.Count; i++)
        {
            string? error = Write(writer, list[i], depthLeft - 1);
            if (error is not null)
            {
                return error;
            }
        }

        writer.WriteEndArray();
        return null;
    }

    private static string? WriteMap(CborWriter writer, IReadOnlyDictionary<string, object?> map, int depthLeft)
    {
        writer.WriteStartMap(map.Count);
        foreach (KeyValuePair<string, object?> entry in map)
        {
            string? error = WriteText(writer, entry.Key) ?? Write(writer, entry.Value, depthLeft - 1);
            if (error is not null)
            {
                return error;
            }
        }

        writer.WriteEndMap();
        return null;
    }

    private static string? WriteUntypedMap(CborWriter writer, IDictionary map, int depthLeft)
    {
        writer.WriteStartMap(map.Count);
        foreach (DictionaryEntry entry in map)
        {
            if (entry.Key is not string key)
            {
                return "has a map with a key that is not text";
            }

            string? error = WriteText(writer, key) ?? Write(writer, entry.Value, depthLeft - 1);
            if (error is not null)
            {
                return error;
            }
        }

        writer.WriteEndMap();
        return null;
    }
}
