using System.Buffers.Binary;
using System.Security.Cryptography;
using Piccolo.Ndn;

namespace Piccolo.Sdk;

/// <summary>Randomness from the operating system, drawn in blocks.</summary>
/// <remarks>Used by one thread at a time, as every core's source is.</remarks>
public sealed class SystemRandomSource : IRandomSource
{
    private readonly byte[] _block = new byte[512];
    private int _used = 512;

    /// <inheritdoc/>
    public ulong NextUInt64()
    {
        if (_used + sizeof(ulong) > _block.Length)
        {
            RandomNumberGenerator.Fill(_block);
            _used = 0;
        }

        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(_block.AsSpan(_used));
        _block.AsSpan(_used, sizeof(ulong)).Clear();
        _used += sizeof(ulong);
        return value;
    }
}
