using System.Globalization;
using System.Text;
using System.Text.Json;
using Piccolo.Cli.Nodes;
using Piccolo.Rice.Messages;
using Piccolo.Sdk;

namespace Piccolo.Cli.Invoke;

/// <summary>Turns words of the command line into values of the types that a function declares.</summary>
internal static class CommandLineArguments
{
    /// <summary>Reads the arguments of a call.</summary>
    /// <param name="descriptor">What the function declares.</param>
    /// <param name="plain">Words; files when they exist; <c>NAME=VALUE</c> when the function has that parameter.</param>
    /// <param name="literals">Words that are taken as they are; they come after the others.</param>
    /// <exception cref="CliException">A word is no value of its parameter's type; the message names the parameter.</exception>
    public static IReadOnlyList<CallValue> Read(FunctionDescriptor descriptor, IReadOnlyList<string> plain, IReadOnlyList<string> literals)
    {
        List<CallValue> values = [];
        int position = 0;
        foreach (string word in plain)
        {
            (ParameterDescriptor? parameter, string text) = SplitName(descriptor, word);
            bool isNamed = parameter is not null;
            parameter ??= At(descriptor, position++);
            values.Add(new CallValue(isNamed ? parameter!.Name : null, ReadWord(parameter, text)));
        }

        foreach (string word in literals)
        {
            ParameterDescriptor? parameter = At(descriptor, position++);
            values.Add(new CallValue(null, ReadLiteral(parameter, word)));
        }

        return values;
    }

    private static ParameterDescriptor? At(FunctionDescriptor descriptor, int position) =>
        position < descriptor.Parameters.Count ? descriptor.Parameters[position] : null;

    private static (ParameterDescriptor? Parameter, string Text) SplitName(FunctionDescriptor descriptor, string word)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0 && !File.Exists(word))
        {
            foreach (ParameterDescriptor parameter in descriptor.Parameters)
            {
                if (parameter.Name == word[..equals])
                {
                    return (parameter, word[(equals + 1)..]);
                }
            }
        }

        return (null, word);
    }

    private static object? ReadWord(ParameterDescriptor? parameter, string word)
    {
        if (!File.Exists(word))
        {
            return ReadLiteral(parameter, word);
        }

        byte[] octets = File.ReadAllBytes(word);
        return parameter?.Type is ValueKind.Bytes or ValueKind.Any or null
            ? octets
            : ReadLiteral(parameter, Encoding.UTF8.GetString(octets).TrimEnd('\n'));
    }

    private static object? ReadLiteral(ParameterDescriptor? parameter, string word)
    {
        switch (parameter?.Type)
        {
            case ValueKind.Bytes:
                return Encoding.UTF8.GetBytes(word);
            case ValueKind.Bool:
                return word switch
                {
                    "true" => true,
                    "false" => false,
                    _ => throw Wrong(parameter, word, "true or false"),
                };
            case ValueKind.Int:
                return long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer)
                    ? integer
                    : throw Wrong(parameter, word, "an integer");
            case ValueKind.Float:
                return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                    ? number
                    : throw Wrong(parameter, word, "a number");
            case ValueKind.Array or ValueKind.Map:
                return ReadJson(parameter, word);
            default:
                return word;
        }
    }

    private static object? ReadJson(ParameterDescriptor parameter, string word)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(word);
            return FromJson(document.RootElement);
        }
        catch (JsonException)
        {
            throw Wrong(parameter, word, parameter.Type == ValueKind.Map ? "a map, as JSON" : "a list, as JSON");
        }
    }

    private static object? FromJson(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().Select(FromJson).ToList(),
        JsonValueKind.Object => element.EnumerateObject().ToDictionary(p => p.Name, p => FromJson(p.Value)),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out long integer) ? integer : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static CliException Wrong(ParameterDescriptor parameter, string word, string expected) =>
        new($"the argument '{parameter.Name}' must be {expected}, and '{Shorten(word)}' is not (a file of that name does not exist)");

    private static string Shorten(string word) => word.Length <= 60 ? word : word[..57] + "...";
}
