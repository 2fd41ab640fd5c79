using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Piccolo.Samples.Tests;

/// <summary>Puts PNG files together chunk by chunk, so that each part can be wrong.</summary>
internal static class PngFile
{
    internal const byte Gray = 0;
    internal const byte Colour = 2;

    /// <summary>A whole file with 8 bits to a channel.</summary>
    internal static byte[] Make(uint width, uint height, byte colourType, byte[] rows, bool isInterlaced = false) =>
        Join(Header(width, height, colourType, isInterlaced), Chunk("IDAT", Deflate(rows)), Chunk("IEND", []));

    internal static byte[] Join(params byte[][] chunks) =>
        [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. chunks.SelectMany(chunk => chunk)];

    internal static byte[] Header(uint width, uint height, byte colourType, bool isInterlaced = false)
    {
        byte[] data = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(data, width);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(4), height);
        data[8] = 8;
        data[9] = colourType;
        data[12] = isInterlaced ? (byte)1 : (byte)0;
        return Chunk("IHDR", data);
    }

    internal static byte[] Chunk(string type, byte[] data)
    {
        byte[] chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteUInt32BigEndian(chunk, (uint)data.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    internal static byte[] Deflate(byte[] octets)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(octets);
        }

        return packed.ToArray();
    }

    private static uint Crc(ReadOnlySpan<byte> octets)
    {
        uint crc = uint.MaxValue;
        foreach (byte octet in octets)
        {
            crc ^= octet;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
