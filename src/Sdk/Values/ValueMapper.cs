using System.Collections;
using System.Globalization;
using System.Reflection;
using Piccolo.Rice.Messages;
using Piccolo.Sdk.Functions;

namespace Piccolo.Sdk.Values;

/// <summary>Between the types of .NET and the values that travel: null, bool, integers, floating point, text, octets, lists, maps.</summary>
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

    /// <summary>Whether a parameter can have this type.</summary>
    public static bool IsSupported(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return !type.IsByRef && !type.IsPointer && !type.IsByRefLike && !type.IsGenericParameter
            && !typeof(Delegate).IsAssignableFrom(type) && Type.GetTypeCode(type) is not (TypeCode.DateTime or TypeCode.Char);
    }

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

        try
        {
            return Convert(value, bare, argument);
        }
        catch (Exception error) when (error is OverflowException or InvalidCastException or FormatException or ArgumentException)
        {
            throw new FunctionArgumentException(argument, $"{value} is not a {bare.Name}");
        }
    }

    private static object Convert(object value, Type type, string argument)
    {
        if (type.IsEnum)
        {
            return Enum.Parse(type, (string)value, ignoreCase: true);
        }

        if (type == typeof(ReadOnlyMemory<byte>) || type == typeof(Memory<byte>) || type == typeof(byte[]))
        {
            byte[] octets = value switch
            {
                byte[] array => array,
                ReadOnlyMemory<byte> memory => memory.ToArray(),
                _ => throw new FunctionArgumentException(argument, "must be octets"),
            };
            return type == typeof(byte[]) ? octets : type == typeof(Memory<byte>) ? octets.AsMemory() : (ReadOnlyMemory<byte>)octets;
        }

        if (ElementOf(type) is { } element && value is IEnumerable items and not string)
        {
            Type listType = typeof(List<>).MakeGenericType(element);
            var list = (IList)Activator.CreateInstance(listType)!;
            foreach (object? item in items)
            {
                list.Add(ToClr(item, element, argument));
            }

            return type.IsArray ? listType.GetMethod("ToArray")!.Invoke(list, null)! : list;
        }

        if (value is IReadOnlyDictionary<string, object?> map)
        {
            return FromMap(map, type, argument);
        }

        return System.Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
    }

    private static object FromMap(IReadOnlyDictionary<string, object?> map, Type type, string argument)
    {
        if (type.IsGenericType && type.IsAssignableFrom(typeof(Dictionary<,>).MakeGenericType(typeof(string), type.GetGenericArguments()[^1])))
        {
            Type valueType = type.GetGenericArguments()[^1];
            var result = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), valueType))!;
            foreach ((string key, object? item) in map)
            {
                result[key] = ToClr(item, valueType, $"{argument}.{key}");
            }

            return result;
        }

        ConstructorInfo[] constructors = type.GetConstructors();
        Array.Sort(constructors, (a, b) => b.GetParameters().Length - a.GetParameters().Length);
        if (constructors.Length == 0)
        {
            throw new FunctionArgumentException(argument, $"a map cannot become a {type.Name}");
        }

        ParameterInfo[] parameters = constructors[0].GetParameters();
        object?[] values = new object?[parameters.Length];
        for (int i = 0; i < values.Length; i++)
        {
            string key = CamelCase(parameters[i].Name!);
            values[i] = map.TryGetValue(key, out object? item)
                ? ToClr(item, parameters[i].ParameterType, $"{argument}.{key}")
                : parameters[i].HasDefaultValue ? parameters[i].DefaultValue
                : throw new FunctionArgumentException($"{argument}.{key}", "is missing");
        }

        object made = constructors[0].Invoke(values);
        foreach (PropertyInfo property in type.GetProperties())
        {
            if (property.CanWrite && parameters.Length == 0 && map.TryGetValue(CamelCase(property.Name), out object? item))
            {
                property.SetValue(made, ToClr(item, property.PropertyType, $"{argument}.{CamelCase(property.Name)}"));
            }
        }

        return made;
    }

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

    private static Type? ElementOf(Type type)
    {
        if (type == typeof(string) || typeof(IDictionary).IsAssignableFrom(type))
        {
            return null;
        }

        if (type.IsArray)
        {
            return type.GetElementType();
        }

        bool isList = type.IsGenericType && type.GetGenericArguments().Length == 1
            && type.IsAssignableFrom(typeof(List<>).MakeGenericType(type.GetGenericArguments()[0]));
        return isList ? type.GetGenericArguments()[0] : null;
    }

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
