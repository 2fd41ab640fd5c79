using Piccolo.Ndn;

namespace Piccolo.Forwarder.Management;

/// <summary>Turns the host's time line into time of day, for time stamps and versions.</summary>
/// <param name="UnixTimeAtZeroMs">Milliseconds since the Unix epoch at <see cref="Instant.Zero"/>.</param>
internal readonly record struct WallClock(ulong UnixTimeAtZeroMs)
{
    public ulong ToUnixMs(Instant instant) => UnixTimeAtZeroMs + (ulong)Math.Max(0, instant.Milliseconds);
}
