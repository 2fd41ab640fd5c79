using Piccolo.Forwarder.Tables;
using Piccolo.Ndn;

namespace Piccolo.Forwarder.Strategies;

/// <summary>Holds retransmissions back for an interval that grows with each one let through.</summary>
/// <remarks>
/// Units: microseconds. The multiplier is an exact fraction in 1/1024, so that no decision depends on floating point.
/// Source: NFD, retx-suppression-exponential.
/// </remarks>
/// <param name="InitialMicroseconds">The first interval.</param>
/// <param name="MaxMicroseconds">The longest interval.</param>
/// <param name="MultiplierIn1024ths">The growth.</param>
internal sealed record RetxSuppression(int InitialMicroseconds, int MaxMicroseconds, long MultiplierIn1024ths)
{
    /// <summary>10 ms, doubled up to 250 ms.</summary>
    public static RetxSuppression Default { get; } = new(10_000, 250_000, 2048);

    /// <summary>Decides for a whole PIT entry, by its latest out-record; a retransmission let through lengthens the interval.</summary>
    public SuppressionResult DecideForEntry(Pit pit, int entryIndex, Instant now)
    {
        bool isPending = false;
        long latest = long.MinValue;
        for (int record = pit.Entry(entryIndex).OutHead; record >= 0; record = pit.Out(record).Next)
        {
            ref OutRecord outRecord = ref pit.Out(record);
            isPending |= outRecord.ExpiryNanoseconds >= now.Nanoseconds && !outRecord.IsNacked;
            latest = Math.Max(latest, outRecord.RenewedNanoseconds);
        }

        if (!isPending)
        {
            return SuppressionResult.New;
        }

        ref PitEntry entry = ref pit.Entry(entryIndex);
        int interval = entry.SuppressionMicroseconds == 0 ? InitialMicroseconds : entry.SuppressionMicroseconds;
        if (IsTooSoon(latest, interval, now))
        {
            return SuppressionResult.Suppress;
        }

        entry.SuppressionMicroseconds = Next(interval);
        return SuppressionResult.Forward;
    }

    /// <summary>Decides for one upstream face; call <see cref="Grow"/> when the Interest was sent.</summary>
    public SuppressionResult DecideForUpstream(Pit pit, int outRecord, Instant now)
    {
        if (outRecord < 0)
        {
            return SuppressionResult.New;
        }

        ref OutRecord record = ref pit.Out(outRecord);
        int interval = record.SuppressionMicroseconds == 0 ? InitialMicroseconds : record.SuppressionMicroseconds;
        return IsTooSoon(record.RenewedNanoseconds, interval, now) ? SuppressionResult.Suppress : SuppressionResult.Forward;
    }

    /// <summary>Lengthens the interval of one upstream face.</summary>
    public void Grow(ref OutRecord record) => record.SuppressionMicroseconds =
        Next(record.SuppressionMicroseconds == 0 ? InitialMicroseconds : record.SuppressionMicroseconds);

    private static bool IsTooSoon(long sentNanoseconds, int intervalMicroseconds, Instant now) =>
        now.Nanoseconds - sentNanoseconds < intervalMicroseconds * 1000L;

    private int Next(int interval) => (int)Math.Min(MaxMicroseconds, (interval * MultiplierIn1024ths) >> 10);
}
