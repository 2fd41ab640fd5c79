using System.Reflection;
using Piccolo.Compute.Functions;
using Piccolo.Compute.Values;
using Piccolo.Ndn.Naming;
using Piccolo.Rice.Messages;
using Piccolo.Sdk.Values;

namespace Piccolo.Sdk.Functions;

/// <summary>A .NET method as a function: what it declares, and how it is run.</summary>
public sealed class FunctionDefinition
{
    private readonly Delegate _method;
    private readonly ParameterInfo[] _parameters;

    private FunctionDefinition(FunctionDescriptor descriptor, Delegate method)
    {
        Descriptor = descriptor;
        _method = method;
        _parameters = method.Method.GetParameters();
    }

    /// <summary>What the function is and how it is called.</summary>
    public FunctionDescriptor Descriptor { get; }

    /// <summary>Makes a function of a delegate.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">Pure or opaque.</param>
    /// <param name="method">The code; its parameter names become the function's.</param>
    /// <param name="configure">Changes what the function declares of itself; null for the defaults.</param>
    /// <exception cref="ArgumentException">A parameter or the result has a type that values cannot have; the message names it.</exception>
    public static FunctionDefinition FromDelegate(
        Name name, FunctionKind kind, Delegate method, Func<FunctionDescriptor, FunctionDescriptor>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(method);
        List<ParameterDescriptor> parameters = [];
        foreach (ParameterInfo parameter in method.Method.GetParameters())
        {
            if (!IsFilledIn(parameter))
            {
                parameters.Add(Describe(name, parameter));
            }
        }

        Type resultType = ResultTypeOf(method.Method.ReturnType);
        if (TypeCheck.FindNoSource(resultType) is { } culprit)
        {
            throw new ArgumentException($"{name}: the result has the type {culprit}, which cannot become a value", nameof(method));
        }

        var descriptor = new FunctionDescriptor
        {
            Name = name,
            Kind = kind,
            CodeVersion = 1,
            Parameters = parameters,
            ResultType = ValueMapper.KindOf(resultType),
        };
        return new FunctionDefinition(configure?.Invoke(descriptor) ?? descriptor, method);
    }

    /// <summary>Makes a function of each method of an object that carries <see cref="PiccoloFunctionAttribute"/>.</summary>
    /// <exception cref="ArgumentException">The object has no such method, or one of them cannot be a function.</exception>
    public static IReadOnlyList<FunctionDefinition> FromAttributes(object target)
    {
        ArgumentNullException.ThrowIfNull(target);
        const BindingFlags all = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        List<FunctionDefinition> definitions = [];
        foreach (MethodInfo method in target.GetType().GetMethods(all))
        {
            if (method.GetCustomAttribute<PiccoloFunctionAttribute>() is not { } attribute)
            {
                continue;
            }

            Type delegateType = System.Linq.Expressions.Expression.GetDelegateType(
                [.. Array.ConvertAll(method.GetParameters(), p => p.ParameterType), method.ReturnType]);
            Delegate code = method.CreateDelegate(delegateType, method.IsStatic ? null : target);
            definitions.Add(FromDelegate(Name.Parse(attribute.Name), attribute.Kind, code, descriptor => descriptor with
            {
                CodeVersion = attribute.Version,
                Summary = attribute.Summary,
                TypicalMs = attribute.TypicalMs,
                ResultFreshnessMs = attribute.ResultFreshnessMs,
            }));
        }

        return definitions.Count > 0
            ? definitions
            : throw new ArgumentException($"{target.GetType()} has no method with [PiccoloFunction]", nameof(target));
    }

    /// <summary>Runs the function.</summary>
    /// <param name="arguments">One for each declared parameter, types checked.</param>
    /// <param name="context">The call.</param>
    /// <returns>The result in CBOR.</returns>
    internal async Task<byte[]> RunAsync(IReadOnlyList<BoundArgument> arguments, FunctionContext context)
    {
        object?[] values = new object?[_parameters.Length];
        int next = 0;
        for (int i = 0; i < values.Length; i++)
        {
            Type type = _parameters[i].ParameterType;
            values[i] = type == typeof(FunctionContext) ? context
                : type == typeof(CancellationToken) ? context.Cancellation
                : ValueMapper.ToClr(arguments[next].Value, type, arguments[next++].Parameter.Name);
        }

        object? result;
        try
        {
            result = _method.DynamicInvoke(values);
        }
        catch (TargetInvocationException wrapped) when (wrapped.InnerException is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(wrapped.InnerException);
            throw;
        }

        object? value = await UnwrapAsync(result);
        return ValueCodec.Encode(ValueMapper.FromClr(value));
    }

    private static async ValueTask<object?> UnwrapAsync(object? result)
    {
        switch (result)
        {
            case Task task:
                await task;
                return task.GetType().GetProperty("Result") is { } property && property.PropertyType.Name != "VoidTaskResult"
                    ? property.GetValue(task)
                    : null;
            case ValueTask valueTask:
                await valueTask;
                return null;
            case not null when IsValueTask(result.GetType()):
                return await UnwrapAsync(result.GetType().GetMethod("AsTask")!.Invoke(result, null));
            default:
                return result;
        }
    }

    private static bool IsFilledIn(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(FunctionContext) || parameter.ParameterType == typeof(CancellationToken);

    private static ParameterDescriptor Describe(Name function, ParameterInfo parameter)
    {
        if (TypeCheck.FindNoTarget(parameter.ParameterType) is { } culprit)
        {
            throw new ArgumentException(
                $"{function}: the parameter '{parameter.Name}' has the type {culprit}, which no value can become", parameter.Name);
        }

        // Not a conditional expression: its null would be an array's, and become a default of no octets.
        ReadOnlyMemory<byte>? defaultCbor = null;
        if (parameter.HasDefaultValue)
        {
            defaultCbor = ValueCodec.Encode(ValueMapper.FromClr(ValueMapper.DefaultOf(parameter)));
        }

        return new ParameterDescriptor(parameter.Name!, ValueMapper.KindOf(parameter.ParameterType), defaultCbor);
    }

    private static Type ResultTypeOf(Type type)
    {
        bool isGenericTask = type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || IsValueTask(type));
        return isGenericTask ? type.GetGenericArguments()[0]
            : type == typeof(Task) || type == typeof(ValueTask) || type == typeof(void) ? typeof(object)
            : type;
    }

    private static bool IsValueTask(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>);
}
