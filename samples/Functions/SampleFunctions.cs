using System.Globalization;
using Piccolo.Rice.Messages;
using Piccolo.Sdk.Functions;

namespace Piccolo.Samples;

/// <summary>The functions that <c>pcl-node --functions samples</c> serves.</summary>
public sealed class SampleFunctions
{
    /// <summary>Returns what it is given.</summary>
    [PiccoloFunction("/sample/echo", FunctionKind.Pure, Summary = "Returns what it is given.")]
    public static object? Echo(object? value) => value;

    /// <summary>Counts lines, words and bytes.</summary>
    [PiccoloFunction("/sample/text/wordcount", FunctionKind.Pure, Summary = "Counts lines, words and bytes as wc does.")]
    public static WordCounts CountWords(ReadOnlyMemory<byte> text, FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Charge((uint)Math.Min(text.Length, int.MaxValue));
        return WordCounts.Of(text.Span);
    }

    /// <summary>Detects edges.</summary>
    [PiccoloFunction("/sample/picture/edges", FunctionKind.Pure, TypicalMs = 500,
        Summary = "Detects the edges of a PNG, PPM or PGM picture; a PNG gives a PNG, the others a PGM.")]
    public static byte[] DetectEdges(ReadOnlyMemory<byte> picture, FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        GrayImage gray;
        try
        {
            gray = PictureFile.Read(picture.Span);
        }
        catch (FormatException error)
        {
            throw new FunctionArgumentException(nameof(picture), "cannot be read: " + error.Message);
        }

        context.Charge((uint)Math.Min(20L * gray.Pixels.Length, uint.MaxValue));
        return PictureFile.WriteLike(picture.Span, EdgeDetection.Apply(gray));
    }

    /// <summary>Lists the primes up to a number.</summary>
    [PiccoloFunction("/sample/number/primes", FunctionKind.Pure, Summary = "Lists the primes up to a number.")]
    public static int[] ListPrimes(int limit, FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (limit is < 0 or > 10_000_000)
        {
            throw new FunctionArgumentException(nameof(limit), "must be from 0 to 10000000");
        }

        context.Charge((uint)limit);
        return PrimeSieve.UpTo(limit);
    }

    /// <summary>Tells the time.</summary>
    [PiccoloFunction("/sample/time/now", FunctionKind.Opaque, Summary = "Tells the node's time in UTC.")]
    public static string Now() => TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Takes its time.</summary>
    [PiccoloFunction("/sample/debug/sleep", FunctionKind.Opaque, Summary = "Waits, then says how long it waited.")]
    public static async Task<string> SleepAsync(int milliseconds, CancellationToken cancellation)
    {
        if (milliseconds is < 0 or > 3_600_000)
        {
            throw new FunctionArgumentException(nameof(milliseconds), "must be from 0 to 3600000, an hour");
        }

        await Task.Delay(milliseconds, cancellation).ConfigureAwait(false);
        return $"slept {milliseconds} ms";
    }

    /// <summary>Fails on purpose.</summary>
    [PiccoloFunction("/sample/debug/fail", FunctionKind.Opaque, Summary = "Fails with the message it is given.")]
    public static string Fail(string message) => throw new InvalidOperationException(message);
}
