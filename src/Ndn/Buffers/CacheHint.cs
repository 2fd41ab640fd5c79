using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Piccolo.Ndn.Buffers;

/// <summary>Asks the processor to fetch what will be used soon, so that many fetches go on at once while other work is done.</summary>
/// <remarks>
/// Hints only: nothing is read, and where the processor has no such instruction nothing happens. Bound: a few cycles each.
/// </remarks>
public static class CacheHint
{
    private const int LineOctets = 64;

    /// <summary>Hints at an object's first octets, header included.</summary>
    /// <param name="target">The object; null is harmless.</param>
    /// <param name="lines">How many cache lines, of 64 octets.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Object(object? target, int lines)
    {
        if (!Sse.IsSupported || target is null)
        {
            return;
        }

        // Only the address of the first field is taken, whatever the object is; that the collector may move it is harmless for a hint.
        byte* start = (byte*)Unsafe.AsPointer(ref Unsafe.As<StrongBox<byte>>(target).Value);
        for (int line = 0; line < lines; line++)
        {
            Sse.Prefetch0(start + (line * LineOctets));
        }
    }

    /// <summary>Hints at the cache line of a variable.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Line<T>(ref readonly T variable)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in variable)));
        }
    }
}
