namespace Piccolo.Ndn;

/// <summary>A point on the host's monotonic time line, handed to every core as an argument.</summary>
/// <remarks>
/// Units: nanoseconds since the host started (the daemon's process, or virtual time zero in a simulation).
/// Bound: 292 years; <see cref="Never"/> is the largest value and absorbs additions.
/// </remarks>
/// <param name="Nanoseconds">Nanoseconds since the host started.</param>
public readonly record struct Instant(long Nanoseconds) : IComparable<Instant>
{
    private const long NanosecondsPerTick = 100;

    /// <summary>The start of the host.</summary>
    public static Instant Zero => default;

    /// <summary>Later than every instant: what an idle core answers when asked for its next time-out.</summary>
    public static Instant Never => new(long.MaxValue);

    /// <summary>Builds an instant from milliseconds since the host's start.</summary>
    public static Instant FromMilliseconds(long milliseconds) => new(milliseconds * 1_000_000);

    /// <summary>Whole milliseconds since the host's start, rounded down.</summary>
    public long Milliseconds => Nanoseconds / 1_000_000;

    /// <summary>The earlier of two instants.</summary>
    public static Instant Min(Instant left, Instant right) => left.Nanoseconds <= right.Nanoseconds ? left : right;

    /// <summary>The later of two instants.</summary>
    public static Instant Max(Instant left, Instant right) => left.Nanoseconds >= right.Nanoseconds ? left : right;

    /// <summary>Adds a duration; <see cref="Never"/> stays, and an overflow becomes <see cref="Never"/>.</summary>
    public static Instant operator +(Instant instant, TimeSpan duration) => instant.AddNanoseconds(ToNanoseconds(duration));

    /// <summary>Subtracts a duration; <see cref="Never"/> stays.</summary>
    public static Instant operator -(Instant instant, TimeSpan duration) =>
        instant.AddNanoseconds(-ToNanoseconds(duration));

    /// <summary>The duration from <paramref name="right"/> to <paramref name="left"/>, to 100 ns.</summary>
    public static TimeSpan operator -(Instant left, Instant right) =>
        TimeSpan.FromTicks((left.Nanoseconds - right.Nanoseconds) / NanosecondsPerTick);

    /// <summary>Whether one instant is before another.</summary>
    public static bool operator <(Instant left, Instant right) => left.Nanoseconds < right.Nanoseconds;

    /// <summary>Whether one instant is after another.</summary>
    public static bool operator >(Instant left, Instant right) => left.Nanoseconds > right.Nanoseconds;

    /// <summary>Whether one instant is not after another.</summary>
    public static bool operator <=(Instant left, Instant right) => left.Nanoseconds <= right.Nanoseconds;

    /// <summary>Whether one instant is not before another.</summary>
    public static bool operator >=(Instant left, Instant right) => left.Nanoseconds >= right.Nanoseconds;

    /// <summary>Named form of the addition operator.</summary>
    public Instant Add(TimeSpan duration) => this + duration;

    /// <summary>Named form of the subtraction of a duration.</summary>
    public Instant Subtract(TimeSpan duration) => this - duration;

    /// <summary>Adds nanoseconds, with the same saturation as the operator.</summary>
    public Instant AddNanoseconds(long nanoseconds)
    {
        if (Nanoseconds == long.MaxValue)
        {
            return this;
        }

        long sum = unchecked(Nanoseconds + nanoseconds);
        bool overflowed = ((Nanoseconds ^ sum) & (nanoseconds ^ sum)) < 0;
        return overflowed ? (nanoseconds > 0 ? Never : new Instant(long.MinValue)) : new Instant(sum);
    }

    /// <inheritdoc/>
    public int CompareTo(Instant other) => Nanoseconds.CompareTo(other.Nanoseconds);

    /// <inheritdoc/>
    public override string ToString() =>
        this == Never ? "never" : $"{Nanoseconds / 1_000_000_000}.{Math.Abs(Nanoseconds % 1_000_000_000):D9}s";

    private static long ToNanoseconds(TimeSpan duration)
    {
        long ticks = duration.Ticks;
        if (ticks > long.MaxValue / NanosecondsPerTick)
        {
            return long.MaxValue;
        }

        return ticks < long.MinValue / NanosecondsPerTick ? long.MinValue : ticks * NanosecondsPerTick;
    }
}
