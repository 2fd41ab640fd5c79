using System.Numerics;

namespace Piccolo.Sim.Engine;

/// <summary>Arrays for frames on their way, by size, so that a hundred-octet Interest does not occupy a whole frame.</summary>
/// <remarks>
/// Owned by one lane. An array may come back to another lane than it came from; traffic goes both ways.
/// Bound: keeps at most 4,096 idle arrays of a size.
/// </remarks>
internal sealed class OctetBuffers
{
    private const int IdleMax = 4096;
    private const int SmallestBits = 6;

    private readonly Stack<byte[]>[] _idle = new Stack<byte[]>[18];

    /// <summary>Gives an array with room for so many octets.</summary>
    public byte[] Rent(int octets)
    {
        int size = ClassOf(octets);
        Stack<byte[]>? idle = _idle[size];
        return idle is not null && idle.TryPop(out byte[]? buffer)
            ? buffer
            : GC.AllocateUninitializedArray<byte>(SizeOf(size));
    }

    /// <summary>Takes an array back.</summary>
    public void Return(byte[] buffer)
    {
        Stack<byte[]> idle = _idle[ClassOf(buffer.Length)] ??= new Stack<byte[]>();
        if (idle.Count < IdleMax)
        {
            idle.Push(buffer);
        }
    }

    /// <summary>Two sizes for each power of two: 64, 96, 128, 192, ...</summary>
    private static int ClassOf(int octets)
    {
        if (octets <= 1 << SmallestBits)
        {
            return 0;
        }

        int bits = 32 - BitOperations.LeadingZeroCount((uint)(octets - 1));
        int middle = (1 << (bits - 1)) + (1 << (bits - 2));
        return ((bits - SmallestBits) * 2) - (octets <= middle ? 1 : 0);
    }

    private static int SizeOf(int size) =>
        (size & 1) == 0 ? 1 << (SmallestBits + (size / 2)) : (3 << (SmallestBits + ((size + 1) / 2))) >> 2;
}
