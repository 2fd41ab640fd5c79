using System.Buffers.Binary;
using System.Globalization;
using Piccolo.Sim.Reports;

namespace Piccolo.Sim.Measuring;

/// <summary>Writes frames as a classic pcap file with nanosecond times, which Wireshark, tshark and tcpdump read.</summary>
/// <remarks>
/// Wire: each frame goes behind an Ethernet header of EtherType 0x8624, that of NDN, so that a dissector of NDN finds it; the addresses
/// are those of <see cref="AddressOf"/>. Time 0 of the simulation is 1970-01-01.
/// Frames must come in the order of time. Owns: the file; a full disk leaves whole packets. Source: draft-ietf-opsawg-pcap.
/// </remarks>
public sealed class PcapWriter : IDisposable
{
    /// <summary>The EtherType of NDN.</summary>
    public const int EtherType = 0x8624;

    private const int FileHeaderLength = 24;
    private const int RecordHeaderLength = 16;
    private const int EthernetHeaderLength = 14;

    private readonly OutputFile _file;
    private readonly int _frameLengthMax;

    /// <summary>Creates the file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="frameLengthMax">Octets that are kept of a frame; what is longer is cut, and its true length noted.</param>
    /// <exception cref="OutputException">It cannot be created.</exception>
    public PcapWriter(string path, int frameLengthMax = 65535)
        : this(new OutputFile(path), frameLengthMax)
    {
    }

    internal PcapWriter(OutputFile file, int frameLengthMax = 65535)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frameLengthMax, 1);
        _file = file;
        _frameLengthMax = Math.Min(frameLengthMax, 262144 - EthernetHeaderLength);
        Span<byte> header = file.Reserve(FileHeaderLength)[..FileHeaderLength];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B23C4D);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], (uint)(_frameLengthMax + EthernetHeaderLength));
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], 1);
        file.Advance(FileHeaderLength);
        file.EndRecord();
    }

    /// <summary>Where it writes.</summary>
    public string Path => _file.Path;

    /// <summary>Frames written.</summary>
    public long FrameCount { get; private set; }

    /// <summary>The Ethernet address of a node: locally administered, <c>02:00</c> and the node's index.</summary>
    public static string AddressOf(int node)
    {
        Span<byte> octets = stackalloc byte[6];
        WriteAddress(octets, node);
        return string.Join(':', octets.ToArray().Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));
    }

    /// <summary>Adds a frame.</summary>
    /// <param name="timeNs">When it was seen. Units: nanoseconds, at least 0.</param>
    /// <param name="from">Index of the node that sent it.</param>
    /// <param name="to">Index of the node it went to.</param>
    /// <param name="frame">The frame: NDNLPv2, or a bare Interest or Data.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public void Write(long timeNs, int from, int to, ReadOnlySpan<byte> frame)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(timeNs);
        _file.ThrowIfFailed();
        int kept = Math.Min(frame.Length, _frameLengthMax);
        int length = RecordHeaderLength + EthernetHeaderLength + kept;
        Span<byte> record = _file.Reserve(length)[..length];
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)(timeNs / 1_000_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], (uint)(timeNs % 1_000_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(record[8..], (uint)(kept + EthernetHeaderLength));
        BinaryPrimitives.WriteUInt32LittleEndian(record[12..], (uint)(frame.Length + EthernetHeaderLength));
        Span<byte> ethernet = record[RecordHeaderLength..];
        WriteAddress(ethernet, to);
        WriteAddress(ethernet[6..], from);
        BinaryPrimitives.WriteUInt16BigEndian(ethernet[12..], EtherType);
        frame[..kept].CopyTo(ethernet[EthernetHeaderLength..]);
        _file.Advance(length);
        _file.EndRecord();
        FrameCount++;
    }

    /// <summary>Hands all frames to the operating system.</summary>
    public void Flush() => _file.Flush();

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static void WriteAddress(Span<byte> destination, int node)
    {
        destination[0] = 0x02;
        destination[1] = 0;
        BinaryPrimitives.WriteInt32BigEndian(destination[2..], node);
    }
}
