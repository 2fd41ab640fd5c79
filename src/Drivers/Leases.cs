using Piccolo.Ndn.Buffers;

namespace Piccolo.Drivers;

/// <summary>Gives several leases back at once.</summary>
internal static class Leases
{
    internal static void Dispose(ReadOnlySpan<FrameLease> frames)
    {
        foreach (FrameLease frame in frames)
        {
            frame.Dispose();
        }
    }
}
