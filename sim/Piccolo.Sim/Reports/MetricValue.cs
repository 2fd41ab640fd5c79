using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Piccolo.Sim.Reports;

/// <summary>One cell of a metric table.</summary>
/// <remarks>Time stays in integer nanoseconds until it is written, so that no rounding reaches a file.</remarks>
public readonly struct MetricValue
{
    /// <summary>Octets that every value but a text fits in when written.</summary>
    internal const int NumberLengthMax = 40;

    private readonly long _bits;

    private MetricValue(MetricKind kind, long bits, string? text)
    {
        Kind = kind;
        _bits = bits;
        Text = text;
    }

    /// <summary>What it holds.</summary>
    public MetricKind Kind { get; }

    /// <summary>The text, when it is one.</summary>
    public string? Text { get; }

    /// <summary>A count.</summary>
    public static MetricValue Of(long value) => new(MetricKind.Integer, value, null);

    /// <summary>A count; beyond 2^63 it is a number.</summary>
    public static MetricValue Of(ulong value) => value <= long.MaxValue ? Of((long)value) : Of((double)value);

    /// <summary>A measure.</summary>
    public static MetricValue Of(double value) => new(MetricKind.Number, BitConverter.DoubleToInt64Bits(value), null);

    /// <summary>A name; null leaves the cell empty.</summary>
    public static MetricValue Of(string? value) => value is null ? default : new(MetricKind.Text, 0, value);

    /// <summary>A time or duration that is written in seconds.</summary>
    /// <remarks>Units: nanoseconds.</remarks>
    public static MetricValue Seconds(long nanoseconds) => new(MetricKind.Seconds, nanoseconds, null);

    /// <summary>A duration that is written in microseconds.</summary>
    /// <remarks>Units: nanoseconds.</remarks>
    public static MetricValue Microseconds(long nanoseconds) => new(MetricKind.Microseconds, nanoseconds, null);

    /// <summary>The value as a number, in the unit it is written in; NaN for a text or an empty cell.</summary>
    public double ToDouble() => Kind switch
    {
        MetricKind.Integer => _bits,
        MetricKind.Number => BitConverter.Int64BitsToDouble(_bits),
        MetricKind.Seconds => _bits / 1e9,
        MetricKind.Microseconds => _bits / 1e3,
        _ => double.NaN,
    };

    /// <summary>The value as it is written, unquoted.</summary>
    public override string ToString()
    {
        if (Kind == MetricKind.Text)
        {
            return Text!;
        }

        Span<byte> octets = stackalloc byte[NumberLengthMax];
        return Encoding.ASCII.GetString(octets[..WriteNumber(octets)]);
    }

    /// <summary>Writes anything but a text, in ASCII.</summary>
    internal int WriteNumber(Span<byte> destination)
    {
        int written = 0;
        switch (Kind)
        {
            case MetricKind.Integer:
                Utf8Formatter.TryFormat(_bits, destination, out written);
                break;
            case MetricKind.Number:
                BitConverter.Int64BitsToDouble(_bits).TryFormat(destination, out written, default, CultureInfo.InvariantCulture);
                break;
            case MetricKind.Seconds:
                written = WriteDecimal(destination, _bits, 1_000_000_000, 9);
                break;
            case MetricKind.Microseconds:
                written = WriteDecimal(destination, _bits, 1_000, 3);
                break;
        }

        return written;
    }

    private static int WriteDecimal(Span<byte> destination, long value, ulong unit, int digits)
    {
        int at = 0;
        if (value < 0)
        {
            destination[at++] = (byte)'-';
        }

        ulong magnitude = value < 0 ? (ulong)-(value + 1) + 1 : (ulong)value;
        Utf8Formatter.TryFormat(magnitude / unit, destination[at..], out int written);
        at += written;
        ulong fraction = magnitude % unit;
        if (fraction == 0)
        {
            return at;
        }

        destination[at++] = (byte)'.';
        Utf8Formatter.TryFormat(fraction, destination[at..], out written, new System.Buffers.StandardFormat('D', (byte)digits));
        at += written;
        while (destination[at - 1] == (byte)'0')
        {
            at--;
        }

        return at;
    }
}
