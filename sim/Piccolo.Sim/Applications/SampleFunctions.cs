using System.Buffers.Binary;
using Piccolo.Ndn.Naming;
using Piccolo.Rice.Messages;
using Piccolo.Sdk.Functions;

namespace Piccolo.Sim.Applications;

/// <summary>Functions for scenarios; each takes octets and charges one unit of fuel for each, at least.</summary>
public static class SampleFunctions
{
    private const uint StepMax = 1 << 30;

    /// <summary>What <see cref="Create"/> knows.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["echo", "sum", "wordcount", "burn", "tick"];

    /// <summary>Makes a function.</summary>
    /// <remarks>
    /// <c>echo</c> gives its octets back, <c>sum</c> adds them up, <c>wordcount</c> counts words between blanks, <c>burn</c> charges as
    /// much fuel as it is told and tells how much that was. These are pure: equal calls may be answered from caches. <c>tick</c> is
    /// opaque: each call runs, once at most, and gets its octets' sum.
    /// </remarks>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="name">The name that it is called by.</param>
    /// <param name="fuelPerOctet">Fuel that it charges for each octet of its argument.</param>
    /// <exception cref="ScenarioException">There is no such kind.</exception>
    public static FunctionDefinition Create(string kind, Name name, uint fuelPerOctet = 1)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return kind switch
        {
            "echo" => FunctionDefinition.FromDelegate(name, FunctionKind.Pure, (byte[] data, FunctionContext context) =>
            {
                Charge(context, (ulong)data.Length * fuelPerOctet);
                return data;
            }),
            "sum" => FunctionDefinition.FromDelegate(name, FunctionKind.Pure, Sum),
            "tick" => FunctionDefinition.FromDelegate(name, FunctionKind.Opaque, Sum),
            "wordcount" => FunctionDefinition.FromDelegate(name, FunctionKind.Pure, (byte[] data, FunctionContext context) =>
            {
                Charge(context, (ulong)data.Length * fuelPerOctet);
                return CountWords(data);
            }),
            "burn" => FunctionDefinition.FromDelegate(name, FunctionKind.Pure, (byte[] data, FunctionContext context) =>
            {
                ulong fuel = FuelOf(data);
                Charge(context, fuel);
                return fuel;
            }),
            _ => throw new ScenarioException($"there is no function '{kind}'; there are {string.Join(", ", Kinds)}"),
        };

        ulong Sum(byte[] data, FunctionContext context)
        {
            Charge(context, (ulong)data.Length * fuelPerOctet);
            return SumOf(data);
        }
    }

    /// <summary>Whether a result is what a function of a kind makes of an argument.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="argument">What it was called with.</param>
    /// <param name="result">What came.</param>
    public static bool IsRight(string kind, ReadOnlySpan<byte> argument, object? result) => kind switch
    {
        "echo" => result is byte[] octets && argument.SequenceEqual(octets),
        "wordcount" => IsNumber(result, (ulong)CountWords(argument)),
        "burn" => IsNumber(result, FuelOf(argument)),
        _ => IsNumber(result, SumOf(argument)),
    };

    /// <summary>An argument of <c>burn</c> begins with the fuel, most significant octet first.</summary>
    internal static ulong FuelOf(ReadOnlySpan<byte> data) =>
        data.Length < sizeof(ulong) ? 0 : BinaryPrimitives.ReadUInt64BigEndian(data);

    private static bool IsNumber(object? result, ulong expected) => result switch
    {
        ulong number => number == expected,
        long number => number >= 0 && (ulong)number == expected,
        _ => false,
    };

    private static ulong SumOf(ReadOnlySpan<byte> data)
    {
        ulong sum = 0;
        foreach (byte octet in data)
        {
            sum += octet;
        }

        return sum;
    }

    private static int CountWords(ReadOnlySpan<byte> data)
    {
        int words = 0;
        bool isInside = false;
        foreach (byte octet in data)
        {
            bool isLetter = octet > (byte)' ';
            words += isLetter && !isInside ? 1 : 0;
            isInside = isLetter;
        }

        return words;
    }

    private static void Charge(FunctionContext context, ulong fuel)
    {
        for (; fuel > 0; fuel -= Math.Min(fuel, StepMax))
        {
            context.Charge((uint)Math.Min(fuel, StepMax));
        }
    }
}
