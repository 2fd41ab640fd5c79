using System.Buffers.Binary;
using System.IO.Compression;

namespace Piccolo.Samples;

/// <summary>Looks at what a PNG picture would unpack to before anything makes room for it.</summary>
/// <remarks>Source: PNG specification (ISO/IEC 15948), chunk layout and zlib data stream. Keeps nothing of what it unpacks.</remarks>
internal static class PngPixelData
{
    private const int SignatureOctets = 8;
    private const int TypeOffset = 4;
    private const int DataOffset = 8;
    private const int ChunkOverhead = 12;
    private const int InterlaceOffset = 28;
    private const int OctetsPerPixelMax = 8;
    private const int PassCount = 7;
    private const int BufferOctets = 64 * 1024;

    /// <summary>Checks that the chunks fit into the file, and their pixels into the picture.</summary>
    /// <exception cref="FormatException">A chunk is cut short, or the pixel data is damaged, absent or too large.</exception>
    internal static void Check(ReadOnlySpan<byte> file, long width, long height)
    {
        using MemoryStream packed = CollectPixelData(file);
        bool isInterlaced = file[InterlaceOffset] != 0;
        // Each row, of each pass when there are several, has one octet for its filter.
        long rows = isInterlaced ? (2 * height) + PassCount : height;
        long octetsMax = rows + (width * height * OctetsPerPixelMax);
        try
        {
            CheckInflatedSize(packed, octetsMax);
        }
        catch (InvalidDataException error)
        {
            throw new FormatException($"the PNG picture's pixel data is damaged: {error.Message}", error);
        }
    }

    private static MemoryStream CollectPixelData(ReadOnlySpan<byte> file)
    {
        var packed = new MemoryStream();
        ReadOnlySpan<byte> rest = file[SignatureOctets..];
        bool isFirst = true;
        while (true)
        {
            if (rest.Length < ChunkOverhead)
            {
                throw new FormatException("the PNG picture ends before its end chunk");
            }

            uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            ReadOnlySpan<byte> type = rest[TypeOffset..DataOffset];
            if (length > rest.Length - ChunkOverhead)
            {
                throw new FormatException("the PNG picture has a chunk that is longer than the file");
            }

            if (isFirst && !(type.SequenceEqual("IHDR"u8) && length == 13))
            {
                throw new FormatException("the PNG picture does not begin with its header chunk");
            }

            isFirst = false;
            if (type.SequenceEqual("IEND"u8))
            {
                packed.Position = 0;
                return packed;
            }

            if (type.SequenceEqual("IDAT"u8))
            {
                packed.Write(rest.Slice(DataOffset, (int)length));
            }

            rest = rest[(ChunkOverhead + (int)length)..];
        }
    }

    private static void CheckInflatedSize(MemoryStream packed, long octetsMax)
    {
        using var inflated = new ZLibStream(packed, CompressionMode.Decompress);
        byte[] buffer = new byte[BufferOctets];
        long octets = 0;
        int count;
        while ((count = inflated.Read(buffer)) > 0)
        {
            octets += count;
            if (octets > octetsMax)
            {
                throw new FormatException($"the PNG picture unpacks to more than the {octetsMax} octets its size allows");
            }
        }

        if (octets == 0)
        {
            throw new FormatException("the PNG picture has no pixel data");
        }
    }
}
