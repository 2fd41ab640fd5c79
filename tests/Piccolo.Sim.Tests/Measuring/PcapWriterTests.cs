using System.Diagnostics;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Sim.Measuring;
using Piccolo.Sim.Reports;
using Piccolo.Sim.Tests.Reports;

namespace Piccolo.Sim.Tests.Measuring;

public class PcapWriterTests
{
    private static readonly string[] Fields = ["frame.time_epoch", "frame.len", "eth.src", "eth.dst", "eth.type", "data.data"];

    private static readonly byte[] Frame = new Interest { Name = Name.Parse("/ndn/ping/42"), Nonce = 7 }.Encode();

    [Fact]
    public void File_is_as_the_format_says_octet_for_octet()
    {
        using var stream = new MemoryStream();
        using var writer = new PcapWriter(new OutputFile("a.pcap", stream));
        writer.Write(1_000_000_123, 1, 258, [0x05, 0x00]);
        writer.Flush();

        string expected =
            "4D3CB2A1" + "0200" + "0400" + "00000000" + "00000000" + "0D000100" + "01000000"
            + "01000000" + "7B000000" + "10000000" + "10000000"
            + "020000000102" + "020000000001" + "8624" + "0500";
        Assert.Equal(expected, Convert.ToHexString(stream.ToArray()));
        Assert.Equal("02:00:00:00:01:02", PcapWriter.AddressOf(258));
    }

    [Fact]
    public void Long_frame_is_cut_and_its_length_noted()
    {
        using var stream = new MemoryStream();
        using var writer = new PcapWriter(new OutputFile("a.pcap", stream), frameLengthMax: 4);
        writer.Write(0, 0, 1, new byte[100]);
        writer.Flush();

        byte[] octets = stream.ToArray();
        Assert.Equal(24 + 16 + 14 + 4, octets.Length);
        Assert.Equal(18, BitConverter.ToInt32(octets, 24 + 8));
        Assert.Equal(114, BitConverter.ToInt32(octets, 24 + 12));
    }

    [Fact]
    public void Full_disk_leaves_whole_packets()
    {
        using var disk = new FullDisk(capacity: 50_000);
        using var writer = new PcapWriter(new OutputFile("line.pcap", disk));
        OutputException error = Assert.Throws<OutputException>(() =>
        {
            for (int i = 0; i < 100_000; i++)
            {
                writer.Write(i, 0, 1, Frame);
            }
        });

        Assert.Equal("line.pcap", error.File);
        Assert.Equal(0, (disk.Length - 24) % (16 + 14 + Frame.Length));
        Assert.InRange(disk.Length, 49_900, 50_000);
    }

    [TsharkFact]
    public void Tshark_reads_times_lengths_addresses_and_octets()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("line.pcap");
        using (var writer = new PcapWriter(path))
        {
            writer.Write(0, 0, 1, Frame);
            writer.Write(20_000_001, 1, 0, Frame);
            writer.Write(3_600_000_000_000, 70_000, 99_999, new byte[8_800]);
        }

        string[] lines = Tshark(
            ["-r", path, "-T", "fields", .. Fields.SelectMany(field => new[] { "-e", field })]);

        int length = 14 + Frame.Length;
        string hex = Convert.ToHexStringLower(Frame);
        Assert.Equal(3, lines.Length);
        Assert.Equal($"0.000000000\t{length}\t02:00:00:00:00:00\t02:00:00:00:00:01\t0x8624\t{hex}", lines[0]);
        Assert.Equal($"0.020000001\t{length}\t02:00:00:00:00:01\t02:00:00:00:00:00\t0x8624\t{hex}", lines[1]);
        Assert.StartsWith("3600.000000000\t8814\t02:00:00:01:11:70\t02:00:00:01:86:9f\t0x8624\t", lines[2], StringComparison.Ordinal);
    }

    private static string[] Tshark(params string[] arguments)
    {
        var start = new ProcessStartInfo("tshark", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);

        // Newer ones write the EtherType with all its leading zeros.
        return output.Replace("0x00008624", "0x8624", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
