using System.Collections;
using System.Reflection;
using Piccolo.Rice.Messages;

namespace Piccolo.Sdk.Values;

/// <summary>Finds the types that values cannot become, or that cannot become values, before a call does.</summary>
internal static class TypeCheck
{
    /// <summary>The type, in or inside of another, that no value can become; null when there is none.</summary>
    public static Type? FindNoTarget(Type type) => Find(type, isTarget: true, []);

    /// <summary>The type, in or inside of another, that cannot become a value; null when there is none.</summary>
    public static Type? FindNoSource(Type type) => Find(type, isTarget: false, []);

    /// <summary>Whether a type is one of .NET's own; their properties are no data (a Guid has none, a DateTime has itself).</summary>
    public static bool IsOfPlatform(Type type) =>
        type.Namespace is { } space && (space == "System" || space.StartsWith("System.", StringComparison.Ordinal));

    private static Type? Find(Type type, bool isTarget, HashSet<Type> seen)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare.IsByRef || bare.IsPointer || bare.IsByRefLike || bare.IsGenericParameter)
        {
            return type;
        }

        if (!seen.Add(bare) || ValueMapper.KindOf(bare) is not (ValueKind.Array or ValueKind.Map))
        {
            return null;
        }

        if ((ValueMapper.ElementOf(bare) ?? ValueMapper.EntryOf(bare) ?? (isTarget ? null : ItemOf(bare))) is { } inner)
        {
            return Find(inner, isTarget, seen);
        }

        bool isOpaque = IsOfPlatform(bare) || typeof(Delegate).IsAssignableFrom(bare) || typeof(IEnumerable).IsAssignableFrom(bare);
        bool isMadeByNobody = isTarget && (bare.IsAbstract || (!bare.IsValueType && MapReader.ConstructorOf(bare) is null));
        return isOpaque || isMadeByNobody ? bare : FindInMembers(bare, isTarget, seen);
    }

    private static Type? FindInMembers(Type type, bool isTarget, HashSet<Type> seen)
    {
        if (isTarget)
        {
            foreach (ParameterInfo parameter in MapReader.ConstructorOf(type)?.GetParameters() ?? [])
            {
                if (Find(parameter.ParameterType, isTarget, seen) is { } found)
                {
                    return found;
                }
            }

            return null;
        }

        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            if (property.GetIndexParameters().Length == 0 && Find(property.PropertyType, isTarget, seen) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>What a sequence that is only read consists of; for a dictionary its values.</summary>
    private static Type? ItemOf(Type type)
    {
        foreach (Type form in (Type[])[type, .. type.GetInterfaces()])
        {
            if (!form.IsGenericType || form.GetGenericTypeDefinition() != typeof(IEnumerable<>))
            {
                continue;
            }

            Type item = form.GetGenericArguments()[0];
            bool isEntry = item.IsGenericType && item.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);
            return isEntry ? item.GetGenericArguments()[1] : item;
        }

        return null;
    }
}
