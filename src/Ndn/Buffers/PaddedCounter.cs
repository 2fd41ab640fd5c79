using System.Runtime.InteropServices;

namespace Piccolo.Ndn.Buffers;

/// <summary>A number alone on its cache lines, so that threads writing two of them do not slow each other down.</summary>
[StructLayout(LayoutKind.Explicit, Size = 2 * CacheLineOctets)]
internal struct PaddedCounter
{
    private const int CacheLineOctets = 128;

    [FieldOffset(CacheLineOctets)]
    internal long Value;
}
