using Piccolo.Compute.Values;
using Piccolo.Rice.Messages;
using Piccolo.Rice.Server;

namespace Piccolo.Compute.Functions;

/// <summary>Puts the arguments of a call to the parameters of its function and checks them; every error names the argument.</summary>
public static class ArgumentBinder
{
    /// <summary>Binds the arguments of one call.</summary>
    /// <param name="descriptor">What the function declares.</param>
    /// <param name="arguments">What came: positions first or names, in any mixture; a parameter must not be given twice.</param>
    /// <param name="limits">How much each value may unfold to.</param>
    /// <param name="bound">One argument for each parameter, in order; empty on failure.</param>
    /// <returns>Null, or a <see cref="CallErrorCode.BadArguments"/> that names the argument.</returns>
    public static CallError? TryBind(
        FunctionDescriptor descriptor,
        IReadOnlyList<ReceivedArgument> arguments,
        ValueLimits limits,
        out IReadOnlyList<BoundArgument> bound)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(arguments);
        bound = [];
        IReadOnlyList<ParameterDescriptor> parameters = descriptor.Parameters;
        ReadOnlyMemory<byte>?[] placed = new ReadOnlyMemory<byte>?[parameters.Count];
        int nextPosition = 0;
        for (int i = 0; i < arguments.Count; i++)
        {
            ReceivedArgument argument = arguments[i];
            int position = argument.Name.Length == 0 ? nextPosition++ : IndexOf(parameters, argument.Name);
            if (position < 0)
            {
                return Bad(argument.Name, $"the function has no such parameter; it has {List(parameters)}");
            }

            if (position >= parameters.Count)
            {
                return Bad($"#{position + 1}", $"the function takes {parameters.Count} arguments: {List(parameters)}");
            }

            if (placed[position] is not null)
            {
                return Bad(parameters[position].Name, "is given twice");
            }

            placed[position] = argument.Cbor;
        }

        return Check(parameters, placed, limits, out bound);
    }

    private static CallError? Check(
        IReadOnlyList<ParameterDescriptor> parameters,
        ReadOnlyMemory<byte>?[] placed,
        ValueLimits limits,
        out IReadOnlyList<BoundArgument> bound)
    {
        bound = [];
        BoundArgument[] result = new BoundArgument[parameters.Count];
        for (int i = 0; i < parameters.Count; i++)
        {
            ParameterDescriptor parameter = parameters[i];
            bool isGiven = placed[i] is not null;
            if ((placed[i] ?? parameter.DefaultCbor) is not ReadOnlyMemory<byte> cbor)
            {
                return Bad(parameter.Name, $"is missing; it must be {ValueCodec.Describe(parameter.Type)}");
            }

            if (!ValueCodec.TryDecode(cbor, limits, out object? value, out string error))
            {
                return Bad(parameter.Name, error);
            }

            if (isGiven && !Fits(parameter, ref value))
            {
                return Bad(
                    parameter.Name,
                    $"must be {ValueCodec.Describe(parameter.Type)}, but is {ValueCodec.Describe(value)}");
            }

            result[i] = new BoundArgument(parameter, value, cbor);
        }

        bound = result;
        return null;
    }

    private static bool Fits(ParameterDescriptor parameter, ref object? value)
    {
        if (parameter.Type == ValueKind.Any)
        {
            return true;
        }

        if (parameter.Type == ValueKind.Float && value is long or ulong)
        {
            value = value is long signed ? (double)signed : (double)(ulong)value;
            return true;
        }

        return value is null ? IsNullDefault(parameter) : ValueCodec.TypeOf(value) == parameter.Type;
    }

    /// <summary>Null is accepted where null is what an argument left out stands for.</summary>
    private static bool IsNullDefault(ParameterDescriptor parameter) =>
        parameter.DefaultCbor is ReadOnlyMemory<byte> cbor && cbor.Length == 1 && cbor.Span[0] == 0xF6;

    private static int IndexOf(IReadOnlyList<ParameterDescriptor> parameters, string name)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            if (string.Equals(parameters[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    private static string List(IReadOnlyList<ParameterDescriptor> parameters)
    {
        if (parameters.Count == 0)
        {
            return "none";
        }

        string list = parameters[0].Name;
        for (int i = 1; i < parameters.Count; i++)
        {
            list += ", " + parameters[i].Name;
        }

        return list;
    }

    private static CallError Bad(string argument, string message) => new(CallErrorCode.BadArguments, message, argument);
}
