using System.Formats.Cbor;
using Piccolo.Rice.Messages;

namespace Piccolo.Compute.Values;

/// <summary>The values that functions take and give, as CBOR (RFC 8949) both ways.</summary>
/// <remarks>
/// Wire: deterministic encoding (RFC 8949 section 4.2: shortest forms, sorted keys, definite lengths), because the digest of the
/// arguments is part of the name of a pure call. Any well-formed encoding is read, except tags, keys that are not text, and keys
/// that come twice.
/// In memory: <c>null</c>, <see cref="bool"/>, <see cref="long"/> (<see cref="ulong"/> above its range), <see cref="double"/>,
/// <see cref="string"/>, <c>byte[]</c>, <c>object?[]</c>, <c>Dictionary&lt;string, object?&gt;</c>.
/// </remarks>
public static partial class ValueCodec
{
    /// <summary>The kind of a value in memory; <see cref="ValueKind.Any"/> for null and for what has no kind.</summary>
    public static ValueKind TypeOf(object? value) => value switch
    {
        bool => ValueKind.Bool,
        long or ulong or int or uint or short or ushort or sbyte or byte => ValueKind.Int,
        double or float or Half => ValueKind.Float,
        string => ValueKind.Text,
        byte[] or ReadOnlyMemory<byte> or Memory<byte> => ValueKind.Bytes,
        System.Collections.IDictionary or IReadOnlyDictionary<string, object?> => ValueKind.Map,
        System.Collections.IEnumerable => ValueKind.Array,
        _ => ValueKind.Any,
    };

    /// <summary>A kind of value in words, for error messages: "text", "an integer".</summary>
    public static string Describe(object? value) => value is null ? "nothing" : Describe(TypeOf(value));

    /// <summary>A kind of value in words, for error messages.</summary>
    public static string Describe(ValueKind type) => type switch
    {
        ValueKind.Bool => "true or false",
        ValueKind.Int => "an integer",
        ValueKind.Float => "a number",
        ValueKind.Text => "text",
        ValueKind.Bytes => "octets",
        ValueKind.Array => "a list",
        ValueKind.Map => "a map",
        _ => "a value",
    };

    /// <summary>Reads one value that fills the octets.</summary>
    /// <param name="cbor">The octets; not kept.</param>
    /// <param name="limits">How much it may unfold to.</param>
    /// <param name="value">The value.</param>
    /// <param name="error">What is wrong, in a few words; empty when nothing is.</param>
    /// <returns>Whether a value was read.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> cbor, ValueLimits limits, out object? value, out string error)
    {
        ArgumentNullException.ThrowIfNull(limits);
        value = null;
        if (cbor.Length > limits.OctetsMax)
        {
            error = $"is larger than {limits.OctetsMax} octets";
            return false;
        }

        var reader = new CborReader(cbor, CborConformanceMode.Strict);
        int itemsLeft = limits.ItemCountMax;
        try
        {
            error = Read(reader, limits.DepthMax, ref itemsLeft, out value) ?? (reader.BytesRemaining > 0 ? "has octets left over" : "");
        }
        catch (Exception fault) when (fault is CborContentException or InvalidOperationException)
        {
            // The reader answers with the second kind where an initial byte has the type of a simple value but is none.
            error = "is not well-formed CBOR";
        }
        catch (OverflowException)
        {
            error = "has an integer below -2^63";
        }

        if (error.Length > 0)
        {
            value = null;
        }

        return error.Length == 0;
    }

    private static string? Read(CborReader reader, int depthLeft, ref int itemsLeft, out object? value)
    {
        value = null;
        if (depthLeft < 0)
        {
            return "is nested too deeply";
        }

        switch (reader.PeekState())
        {
            case CborReaderState.Null:
                reader.ReadNull();
                return null;
            case CborReaderState.Boolean:
                value = reader.ReadBoolean();
                return null;
            case CborReaderState.UnsignedInteger:
                ulong number = reader.ReadUInt64();
                value = number <= long.MaxValue ? (long)number : number;
                return null;
            case CborReaderState.NegativeInteger:
                value = reader.ReadInt64();
                return null;
            case CborReaderState.HalfPrecisionFloat:
            case CborReaderState.SinglePrecisionFloat:
            case CborReaderState.DoublePrecisionFloat:
                value = reader.ReadDouble();
                return null;
            case CborReaderState.TextString:
            case CborReaderState.StartIndefiniteLengthTextString:
                value = reader.ReadTextString();
                return null;
            case CborReaderState.ByteString:
            case CborReaderState.StartIndefiniteLengthByteString:
                value = reader.ReadByteString();
                return null;
            case CborReaderState.StartArray:
                return ReadArray(reader, depthLeft, ref itemsLeft, out value);
            case CborReaderState.StartMap:
                return ReadMap(reader, depthLeft, ref itemsLeft, out value);
            case CborReaderState.SimpleValue:
                return reader.ReadSimpleValue() == CborSimpleValue.Undefined ? null : "has a simple value without a meaning";
            case CborReaderState.Tag:
                return "has a CBOR tag, which no value may have";
            default:
                return "ends too early";
        }
    }

    private static string? ReadArray(CborReader reader, int depthLeft, ref int itemsLeft, out object? value)
    {
        value = null;
        List<object?> items = [];
        reader.ReadStartArray();
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            if (--itemsLeft < 0)
            {
                return "has too many items";
            }

            string? error = Read(reader, depthLeft - 1, ref itemsLeft, out object? item);
            if (error is not null)
            {
                return error;
            }

            items.Add(item);
        }

        reader.ReadEndArray();
        value = items.ToArray();
        return null;
    }

    private static string? ReadMap(CborReader reader, int depthLeft, ref int itemsLeft, out object? value)
    {
        value = null;
        Dictionary<string, object?> entries = new(StringComparer.Ordinal);
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            if (--itemsLeft < 0)
            {
                return "has too many items";
            }

            if (reader.PeekState() is not (CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString))
            {
                return "has a key that is not text";
            }

            string key = reader.ReadTextString();
            string? error = Read(reader, depthLeft - 1, ref itemsLeft, out object? item);
            if (error is not null)
            {
                return error;
            }

            if (!entries.TryAdd(key, item))
            {
                return "has a key twice";
            }
        }

        reader.ReadEndMap();
        value = entries;
        return null;
    }
}
