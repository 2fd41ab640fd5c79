using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Security;

/// <summary>From when until when a certificate may be used; both ends belong to it.</summary>
/// <remarks>
/// Units: whole seconds in UTC. Wire: TLV-TYPE 253 { NotBefore 254, NotAfter 255 }, each 15 ASCII characters
/// <c>YYYYMMDDThhmmss</c>. Source: NDN certificate format v2, "ValidityPeriod".
/// </remarks>
public sealed class ValidityPeriod : IEquatable<ValidityPeriod>
{
    private const int StampOctets = 15;
    private const int EncodedStampOctets = 3 + 1 + StampOctets;

    /// <summary>A period; the beginning is rounded up and the end down to whole seconds, so that it never grows.</summary>
    /// <remarks>A period that ends before it begins is legal on the wire and contains no moment.</remarks>
    public ValidityPeriod(DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        long begin = notBefore.UtcTicks;
        long remainder = begin % TimeSpan.TicksPerSecond;
        begin += remainder == 0 ? 0 : TimeSpan.TicksPerSecond - remainder;
        NotBefore = begin > DateTimeOffset.MaxValue.UtcTicks
            ? new DateTimeOffset(DateTimeOffset.MaxValue.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero)
            : new DateTimeOffset(begin, TimeSpan.Zero);
        NotAfter = new DateTimeOffset(
            notAfter.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
    }

    /// <summary>First second of validity, UTC.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>Last second of validity, UTC.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>Octets of the whole ValidityPeriod element.</summary>
    public static int EncodedLength => TlvWriter.SizeOfElement(TlvType.ValidityPeriod, 2 * EncodedStampOctets);

    /// <summary>Whether a moment lies within the period.</summary>
    public bool Contains(DateTimeOffset time) => time >= NotBefore && time <= NotAfter;

    /// <summary>Reads a whole ValidityPeriod element and nothing else.</summary>
    /// <param name="whole">The element, its TYPE and LENGTH included.</param>
    /// <param name="period">The period; null unless Ok.</param>
    /// <returns>
    /// Ok; NotAPacket for another TYPE; MissingElement when NotBefore and NotAfter are not the first two inside, in this order;
    /// BadLength or BadNumber for text that is no time; UnknownCritical; or what is wrong with the elements inside.
    /// </returns>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> whole, out ValidityPeriod? period)
    {
        period = null;
        TlvStatus status = TlvReader.TryReadOnly(whole, TlvType.ValidityPeriod, out TlvElement element);
        return status == TlvStatus.Ok ? TryFromValue(element.Value, out period) : status;
    }

    /// <summary>Writes the whole element.</summary>
    public void Write(ref TlvWriter writer)
    {
        writer.WriteHeader(TlvType.ValidityPeriod, 2 * EncodedStampOctets);
        Span<byte> stamp = stackalloc byte[StampOctets];
        WriteStamp(NotBefore, stamp);
        writer.WriteElement(TlvType.NotBefore, stamp);
        WriteStamp(NotAfter, stamp);
        writer.WriteElement(TlvType.NotAfter, stamp);
    }

    /// <summary>Whether both periods have the same ends.</summary>
    public bool Equals(ValidityPeriod? other) =>
        other is not null && NotBefore == other.NotBefore && NotAfter == other.NotAfter;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValidityPeriod);

    /// <inheritdoc/>
    public override int GetHashCode() => NotBefore.GetHashCode() * 31 + NotAfter.GetHashCode();

    /// <summary>Both ends as on the wire, with a hyphen between.</summary>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[2 * StampOctets + 1];
        WriteStamp(NotBefore, text);
        text[StampOctets] = (byte)'-';
        WriteStamp(NotAfter, text[(StampOctets + 1)..]);
        return System.Text.Encoding.ASCII.GetString(text);
    }

    internal static TlvStatus TryFromValue(ReadOnlySpan<byte> value, out ValidityPeriod? period)
    {
        period = null;
        TlvReader reader = new(value);
        TlvStatus status = TryReadStamp(ref reader, TlvType.NotBefore, out DateTimeOffset notBefore);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        status = TryReadStamp(ref reader, TlvType.NotAfter, out DateTimeOffset notAfter);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        while (!reader.IsAtEnd)
        {
            status = reader.TryRead(out TlvElement element);
            if (status != TlvStatus.Ok)
            {
                return status;
            }

            if (CriticalRule.IsCritical(element.Type))
            {
                return TlvStatus.UnknownCritical;
            }
        }

        period = new ValidityPeriod(notBefore, notAfter);
        return TlvStatus.Ok;
    }

    private static TlvStatus TryReadStamp(ref TlvReader reader, uint type, out DateTimeOffset time)
    {
        time = default;
        TlvStatus status = reader.TryRead(type, out TlvElement element);
        return status != TlvStatus.Ok ? status
            : element.Value.Length != StampOctets ? TlvStatus.BadLength
            : TryParseStamp(element.Value, out time) ? TlvStatus.Ok
            : TlvStatus.BadNumber;
    }

    private static bool TryParseStamp(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text[8] != (byte)'T'
            || !TryParseDigits(text[..4], out int year)
            || !TryParseDigits(text[4..6], out int month)
            || !TryParseDigits(text[6..8], out int day)
            || !TryParseDigits(text[9..11], out int hour)
            || !TryParseDigits(text[11..13], out int minute)
            || !TryParseDigits(text[13..15], out int second))
        {
            return false;
        }

        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        time = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero);
        return true;
    }

    private static bool TryParseDigits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (byte character in text)
        {
            if (character is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = number * 10 + (character - '0');
        }

        return true;
    }

    private static void WriteStamp(DateTimeOffset time, Span<byte> text)
    {
        WriteDigits(time.Year, text[..4]);
        WriteDigits(time.Month, text[4..6]);
        WriteDigits(time.Day, text[6..8]);
        text[8] = (byte)'T';
        WriteDigits(time.Hour, text[9..11]);
        WriteDigits(time.Minute, text[11..13]);
        WriteDigits(time.Second, text[13..15]);
    }

    private static void WriteDigits(int number, Span<byte> text)
    {
        for (int i = text.Length - 1; i >= 0; i--)
        {
            text[i] = (byte)('0' + number % 10);
            number /= 10;
        }
    }
}
