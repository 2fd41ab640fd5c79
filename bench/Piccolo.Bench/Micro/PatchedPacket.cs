using System.Buffers.Binary;

namespace Piccolo.Bench.Micro;

/// <summary>A packet whose one component is a number that can be changed in place: a million names from one array.</summary>
internal sealed class PatchedPacket
{
    /// <summary>What the number is in the packet that is handed to the constructor.</summary>
    public const ulong Placeholder = 0xA1B2C3D4E5F60718;

    private readonly byte[] _octets;
    private readonly int _offset;

    /// <summary>Takes a packet that holds <see cref="Placeholder"/> once, big-endian.</summary>
    public PatchedPacket(byte[] octets)
    {
        Span<byte> wanted = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(wanted, Placeholder);
        _octets = octets;
        _offset = octets.AsSpan().IndexOf(wanted);
        if (_offset < 0)
        {
            throw new ArgumentException("the packet does not hold the placeholder", nameof(octets));
        }
    }

    /// <summary>The packet with a number in place; valid until the next call.</summary>
    public ReadOnlySpan<byte> With(ulong number)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_octets.AsSpan(_offset), number);
        return _octets;
    }
}
