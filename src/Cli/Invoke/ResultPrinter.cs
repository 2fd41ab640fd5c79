using System.Text;
using System.Text.Json;
using Piccolo.Cli.Nodes;
using Piccolo.Cli.Output;
using Piccolo.Ndn.Naming;
using Piccolo.Sdk;

namespace Piccolo.Cli.Invoke;

/// <summary>Shows the result of a call: as text for people, as JSON for programs, or as a file.</summary>
internal static class ResultPrinter
{
    /// <summary>Prints or writes a result.</summary>
    public static async Task PrintAsync(
        Name function, InvokeResult result, string? file, bool isJson, bool withTrace, CancellationToken cancellation)
    {
        if (file is not null)
        {
            await File.WriteAllBytesAsync(file, Octets(result.Value), cancellation).ConfigureAwait(false);
        }

        if (isJson)
        {
            CommandOutput.Json(new
            {
                Function = function.ToString(),
                Result = file is null ? Jsonable(result.Value) : file,
                Verified = true,
                Signer = result.Signer,
                AnsweredBy = result.IsFromCache ? "cache" : "function",
                Ms = result.Elapsed.TotalMilliseconds,
                Trace = withTrace ? TracePrinter.ToJson(result.Trace) : null,
            });
        }
        else if (file is not null)
        {
            Console.Error.WriteLine($"{Texts.Octets((ulong)new FileInfo(file).Length)} written to {file}");
        }
        else
        {
            await WriteAsync(result.Value, cancellation).ConfigureAwait(false);
        }
    }

    private static async Task WriteAsync(object? value, CancellationToken cancellation)
    {
        if (value is byte[] octets)
        {
            if (!Console.IsOutputRedirected && octets.Any(octet => octet is < 0x20 and not (0x0A or 0x09 or 0x0D)))
            {
                throw new CliException($"the result is {octets.Length} octets, not text: write them with --out FILE");
            }

            using Stream stdout = Console.OpenStandardOutput();
            await stdout.WriteAsync(octets, cancellation).ConfigureAwait(false);
            return;
        }

        if (value is IReadOnlyDictionary<string, object?> map)
        {
            int width = map.Keys.Select(key => key.Length).DefaultIfEmpty().Max() + 2;
            foreach ((string key, object? item) in map)
            {
                CommandOutput.Line(key.PadRight(width) + TextOf(item));
            }

            return;
        }

        CommandOutput.Line(TextOf(value));
    }

    private static string TextOf(object? value) => value switch
    {
        null => "nothing",
        string text => text,
        _ => JsonSerializer.Serialize(Jsonable(value)),
    };

    private static byte[] Octets(object? value) => value switch
    {
        byte[] octets => octets,
        _ => Encoding.UTF8.GetBytes(TextOf(value)),
    };

    private static object? Jsonable(object? value) => value switch
    {
        ReadOnlyMemory<byte> memory => Convert.ToBase64String(memory.Span),
        byte[] octets => Convert.ToBase64String(octets),
        IReadOnlyDictionary<string, object?> map => map.ToDictionary(pair => pair.Key, pair => Jsonable(pair.Value)),
        IReadOnlyList<object?> list => list.Select(Jsonable).ToList(),
        _ => value,
    };
}
