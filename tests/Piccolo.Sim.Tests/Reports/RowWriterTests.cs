using System.Text;
using Piccolo.Sim.Reports;

namespace Piccolo.Sim.Tests.Reports;

public class RowWriterTests
{
    private static string Write(RowFormat format, Action<RowWriter> rows, params string[] columns)
    {
        using var folder = new TemporaryFolder();
        using (var writer = new RowWriter(folder.File("t"), format, columns))
        {
            rows(writer);
        }

        return File.ReadAllText(folder.File("t"));
    }

    [Fact]
    public void Csv_quotes_what_rfc_4180_says()
    {
        string text = Write(
            RowFormat.Csv,
            writer => writer.Append(MetricValue.Of("a,\"b\"\nc"), MetricValue.Of(-3), default, MetricValue.Of("plain")),
            "x", "y,z", "empty", "t");

        Assert.Equal("x,\"y,z\",empty,t\n\"a,\"\"b\"\"\nc\",-3,,plain\n", text);
    }

    [Fact]
    public void Tsv_keeps_a_row_on_one_line()
    {
        Assert.Equal("a\tb\np q r\t1\n", Write(RowFormat.Tsv, w => w.Append(MetricValue.Of("p\tq\nr"), MetricValue.Of(1)), "a", "b"));
    }

    [Theory]
    [InlineData(0, "0", "0")]
    [InlineData(1, "0.000000001", "0.001")]
    [InlineData(1_500_000_000, "1.5", "1500000")]
    [InlineData(-20_000_001, "-0.020000001", "-20000.001")]
    [InlineData(long.MaxValue, "9223372036.854775807", "9223372036854775.807")]
    [InlineData(long.MinValue, "-9223372036.854775808", "-9223372036854775.808")]
    public void Time_is_written_without_rounding(long nanoseconds, string seconds, string microseconds)
    {
        Assert.Equal(seconds, MetricValue.Seconds(nanoseconds).ToString());
        Assert.Equal(microseconds, MetricValue.Microseconds(nanoseconds).ToString());
    }

    [Fact]
    public void Number_is_written_so_that_it_reads_back()
    {
        Assert.Equal("0.1", MetricValue.Of(0.1).ToString());
        Assert.Equal(1.0 / 3, double.Parse(MetricValue.Of(1.0 / 3).ToString(), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("-2.2250738585072014E-308", MetricValue.Of(-2.2250738585072014E-308).ToString());
    }

    [Fact]
    public void Row_of_another_length_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var writer = new RowWriter(folder.File("t"), RowFormat.Csv, ["a", "b"]);
        Assert.Throws<ArgumentException>(() => writer.Append(MetricValue.Of(1)));
    }

    [Fact]
    public void Full_disk_leaves_whole_rows_and_the_error_names_the_file()
    {
        using var disk = new FullDisk(capacity: 100_003);
        var writer = new RowWriter(new OutputFile("out/delays.csv", disk), RowFormat.Csv, ["n", "name"]);

        int rows = 0;
        OutputException error = Assert.Throws<OutputException>(() =>
        {
            for (; rows < 100_000; rows++)
            {
                writer.Append(MetricValue.Of(rows), MetricValue.Of("some name of a node"));
            }
        });

        Assert.Equal("out/delays.csv", error.File);
        Assert.Equal("out/delays.csv: cannot be written: No space left on device", error.Message);
        string kept = Encoding.UTF8.GetString(disk.ToArray());
        Assert.EndsWith("\n", kept, StringComparison.Ordinal);
        Assert.InRange(kept.Length, 100_003 - 40, 100_003);
        string[] lines = kept.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 1; i < lines.Length; i++)
        {
            Assert.Equal($"{i - 1},some name of a node", lines[i]);
        }

        Assert.Same(error, Assert.Throws<OutputException>(() => writer.Append(MetricValue.Of(1), default)));
        writer.Dispose();
    }

    [Fact]
    public void Failure_that_only_the_end_finds_is_thrown_at_the_end()
    {
        var writer = new RowWriter(new OutputFile("f", new FullDisk(capacity: 3)), RowFormat.Csv, ["n"]);
        writer.Append(MetricValue.Of(12345));
        Assert.Throws<OutputException>(writer.Dispose);
        writer.Dispose();
    }

    [Fact]
    public void Device_that_is_full_is_reported_by_name()
    {
        var writer = new RowWriter("/dev/full", RowFormat.Csv, ["n"]);
        writer.Append(MetricValue.Of(1));
        OutputException error = Assert.Throws<OutputException>(writer.Flush);
        Assert.StartsWith("/dev/full: cannot be written: No space left on device", error.Message, StringComparison.Ordinal);
        writer.Dispose();
    }

    [Fact]
    public void Folder_that_is_a_file_is_reported_by_name()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("results", "in the way");
        string path = Path.Combine(file, "delays.csv");
        OutputException error = Assert.Throws<OutputException>(() => new RowWriter(path, RowFormat.Csv, ["n"]));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
    }
}
