using System.Collections;
using System.Globalization;
using System.Reflection;
using Piccolo.Compute.Values;
using Piccolo.Rice.Messages;
using Piccolo.Sdk.Functions;

namespace Piccolo.Sdk.Values;

/// <summary>Between the types of .NET and the values that travel: null, bool, integers, numbers, text, octets, lists, maps.</summary>
/// <remarks>
/// A list is a <c>List&lt;object?&gt;</c>, a map a <c>Dictionary&lt;string, object?&gt;</c>; records and classes travel as maps of their
/// public properties, keys in camel case. Bound: depth 32.
/// </remarks>
public static class ValueMapper
{
    private const int DepthMax = 32;

    /// <summary>What kind of value a type is.</summary>
    public static ValueKind KindOf(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare == typeof(object))
        {
            return ValueKind.Any;
        }

        if (bare.IsEnum)
        {
            return ValueKind.Text;
        }

        return Type.GetTypeCode(bare) switch
        {
            TypeCode.Boolean => ValueKind.Bool,
            TypeCode.Byte or TypeCode.SByte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32
                or TypeCode.Int64 or TypeCode.UInt64 => ValueKind.Int,
            TypeCode.Single or TypeCode.Double => ValueKind.Float,
            TypeCode.String => ValueKind.Text,
            _ when bare == typeof(byte[]) || bare == typeof(ReadOnlyMemory<byte>) || bare == typeof(Memory<byte>) => ValueKind.Bytes,
            _ when ElementOf(bare) is not null => ValueKind.Array,
            _ => ValueKind.Map,
        };
    }

    /// <summary>Whether a parameter can have this type: whether a value can become one.</summary>
    public static bool IsSupported(Type type) => TypeCheck.FindNoTarget(type) is null;

    /// <summary>Makes a value of something of .NET.</summary>
    /// <exception cref="ArgumentException">It cannot travel: too deep, or a type with no properties to read.</exception>
    public static object? FromClr(object? source) => FromClr(source, 0);

    /// <summary>Makes something of a .NET type of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The wanted type.</param>
    /// <param name="argument">The parameter it is for, named when it does not fit.</param>
    /// <exception cref="FunctionArgumentException">The value does not fit the type.</exception>
    public static object? ToClr(object? value, Type type, string argument)
    {
        ArgumentNullException.ThrowIfNull(type);
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        if (value is null)
        {
            return bare.IsValueType && bare == type
                ? throw new FunctionArgumentException(argument, $"must be {bare.Name}, but is nothing")
                : null;
        }

        if (bare.IsInstanceOfType(value))
        {
            return value;
        }

        if (bare.IsEnum)
        {
            return ToEnum(value, bare, argument);
        }

        ValueKind kind = KindOf(bare);
        return (kind, value) switch
        {
            (ValueKind.Int, long or ulong) or (ValueKind.Float, long or ulong or double) => ToNumber(value, bare, argument),
            (ValueKind.Bytes, byte[] octets) => ToOctets(octets, bare),
            (ValueKind.Bytes, ReadOnlyMemory<byte> octets) => ToOctets(octets.ToArray(), bare),
            (ValueKind.Array, IEnumerable items and not (string or byte[])) => ToList(items, bare, argument),
            (ValueKind.Map, IReadOnlyDictionary<string, object?> map) => MapReader.Read(map, bare, argument),
            _ => throw new FunctionArgumentException(
                argument, $"must be {ValueCodec.Describe(kind)}, but is {ValueCodec.Describe(value)}"),
        };
    }

    /// <summary>What a parameter that is left out stands for, as its type.</summary>
    internal static object? DefaultOf(ParameterInfo parameter)
    {
        Type type = parameter.ParameterType;
        object? value = parameter.DefaultValue;
        if (value is null)
        {
            return type.IsValueType ? Activator.CreateInstance(type) : null;
        }

        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare.IsEnum ? Enum.ToObject(bare, value) : value;
    }

    /// <summary>The type of a list's elements; null when the type is no list.</summary>
    internal static Type? ElementOf(Type type)
    {
        if (type == typeof(string) || typeof(IDictionary).IsAssignableFrom(type))
        {
            return null;
        }

        if (type.IsArray)
        {
            return type.GetArrayRank() == 1 ? type.GetElementType() : null;
        }

        bool isList = type.IsGenericType && type.GetGenericArguments().Length == 1
            && type.IsAssignableFrom(typeof(List<>).MakeGenericType(type.GetGenericArguments()[0]));
        return isList ? type.GetGenericArguments()[0] : null;
    }

    /// <summary>The type of a dictionary's values; null when the type is no dictionary with texts as keys.</summary>
    internal static Type? EntryOf(Type type)
    {
        bool isDictionary = type.IsGenericType && type.GetGenericArguments() is [var key, var entry] && key == typeof(string)
            && type.IsAssignableFrom(typeof(Dictionary<,>).MakeGenericType(key, entry));
        return isDictionary ? type.GetGenericArguments()[1] : null;
    }

    /// <summary>The key under which a property or parameter travels.</summary>
    internal static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static object ToEnum(object value, Type type, string argument)
    {
        // Numbers would name members by their place, which the caller does not see.
        bool isName = value is string text && text.Length > 0 && !char.IsAsciiDigit(text[0]) && text[0] is not ('-' or '+');
        return isName && Enum.TryParse(type, (string)value, ignoreCase: true, out object? member)
            ? member
            : throw new FunctionArgumentException(
                argument, $"must be one of {string.Join(", ", Enum.GetNames(type))}, but is {TextOf(value)}");
    }

    private static object ToNumber(object value, Type type, string argument)
    {
        try
        {
            return System.Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            throw new FunctionArgumentException(argument, $"is {TextOf(value)}, which does not fit {type.Name}");
        }
    }

    private static object ToOctets(byte[] octets, Type type)
    {
        if (type == typeof(byte[]))
        {
            return octets;
        }

        return type == typeof(Memory<byte>) ? (object)octets.AsMemory() : new ReadOnlyMemory<byte>(octets);
    }

    private static object ToList(IEnumerable items, Type type, string argument)
    {
        Type element = ElementOf(type)!;
        Type listType = typeof(List<>).MakeGenericType(element);
        var list = (IList)Activator.CreateInstance(listType)!;
        foreach (object? item in items)
        {
            list.Add(ToClr(item, element, $"{argument}[{list.Count}]"));
        }

        return type.IsArray ? listType.GetMethod("ToArray")!.Invoke(list, null)! : list;
    }

    private static string TextOf(object value) => value switch
    {
        string text => $"'{text}'",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => ValueCodec.Describe(value),
    };

    private static object? FromClr(object? source, int depth)
    {
        if (depth > DepthMax)
        {
            throw new ArgumentException($"a value is nested deeper than {DepthMax}");
        }

        switch (source)
        {
            case null or bool or string or byte[] or double or long or ulong:
                return source;
            case ReadOnlyMemory<byte> memory:
                return memory.ToArray();
            case Memory<byte> memory:
                return memory.ToArray();
            case float number:
                return (double)number;
            case Enum named:
                return named.ToString();
            case byte or sbyte or short or ushort or int or uint:
                return System.Convert.ToInt64(source, CultureInfo.InvariantCulture);
            case IDictionary dictionary:
                Dictionary<string, object?> entries = new(StringComparer.Ordinal);
                foreach (DictionaryEntry entry in dictionary)
                {
                    entries[entry.Key.ToString()!] = FromClr(entry.Value, depth + 1);
                }

                return entries;
            case IEnumerable items:
                List<object?> list = [];
                foreach (object? item in items)
                {
                    list.Add(FromClr(item, depth + 1));
                }

                return list;
            default:
                return FromProperties(source, depth);
        }
    }

    private static Dictionary<string, object?> FromProperties(object source, int depth)
    {
        if (TypeCheck.IsOfPlatform(source.GetType()))
        {
            throw new ArgumentException($"a {source.GetType()} cannot travel; make it text or a number first");
        }

        Dictionary<string, object?> map = new(StringComparer.Ordinal);
        foreach (PropertyInfo property in source.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            if (property.CanRead && property.GetIndexParameters().Length == 0)
            {
                map[CamelCase(property.Name)] = FromClr(property.GetValue(source), depth + 1);
            }
        }

        return map.Count > 0 ? map : throw new ArgumentException($"a {source.GetType()} has nothing that can travel");
    }
}
