using System.Collections;
using System.Reflection;
using Piccolo.Sdk.Functions;

namespace Piccolo.Sdk.Values;

/// <summary>Makes dictionaries, records, classes and structs of maps.</summary>
internal static class MapReader
{
    /// <summary>Makes something of a type of a map.</summary>
    /// <exception cref="FunctionArgumentException">An entry is missing or does not fit, or the type refuses what it was given.</exception>
    public static object Read(IReadOnlyDictionary<string, object?> map, Type type, string argument)
    {
        if (ValueMapper.EntryOf(type) is { } entry)
        {
            return ReadDictionary(map, entry, argument);
        }

        try
        {
            return ReadObject(map, type, argument);
        }
        catch (TargetInvocationException wrapped) when (wrapped.InnerException is { } refusal and not FunctionArgumentException)
        {
            throw new FunctionArgumentException(argument, refusal.Message);
        }
    }

    /// <summary>The constructor that takes the most; null when only the default of a struct is there.</summary>
    public static ConstructorInfo? ConstructorOf(Type type)
    {
        ConstructorInfo? longest = null;
        foreach (ConstructorInfo constructor in type.GetConstructors())
        {
            if (longest is null || constructor.GetParameters().Length > longest.GetParameters().Length)
            {
                longest = constructor;
            }
        }

        return longest;
    }

    private static IDictionary ReadDictionary(IReadOnlyDictionary<string, object?> map, Type entry, string argument)
    {
        Type type = typeof(Dictionary<,>).MakeGenericType(typeof(string), entry);
        var result = (IDictionary)Activator.CreateInstance(type)!;
        foreach ((string key, object? item) in map)
        {
            result[key] = ValueMapper.ToClr(item, entry, $"{argument}.{key}");
        }

        return result;
    }

    private static object ReadObject(IReadOnlyDictionary<string, object?> map, Type type, string argument)
    {
        ConstructorInfo? constructor = ConstructorOf(type);
        ParameterInfo[] parameters = constructor?.GetParameters() ?? [];
        object?[] values = new object?[parameters.Length];
        HashSet<string> used = new(StringComparer.Ordinal);
        for (int i = 0; i < values.Length; i++)
        {
            string key = ValueMapper.CamelCase(parameters[i].Name!);
            used.Add(key);
            values[i] = map.TryGetValue(key, out object? item)
                ? ValueMapper.ToClr(item, parameters[i].ParameterType, $"{argument}.{key}")
                : parameters[i].HasDefaultValue ? ValueMapper.DefaultOf(parameters[i])
                : throw new FunctionArgumentException($"{argument}.{key}", "is missing");
        }

        object made = constructor is not null
            ? constructor.Invoke(values)
            : type.IsValueType ? Activator.CreateInstance(type)!
            : throw new FunctionArgumentException(argument, $"a map cannot become a {type.Name}");
        foreach (PropertyInfo property in type.GetProperties())
        {
            string key = ValueMapper.CamelCase(property.Name);
            bool isSettable = property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0;
            if (isSettable && !used.Contains(key) && map.TryGetValue(key, out object? item))
            {
                property.SetValue(made, ValueMapper.ToClr(item, property.PropertyType, $"{argument}.{key}"));
            }
        }

        return made;
    }
}
