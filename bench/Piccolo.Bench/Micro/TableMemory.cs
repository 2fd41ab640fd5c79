using System.Globalization;
using Piccolo.Forwarder;
using Spectre.Console;

namespace Piccolo.Bench.Micro;

/// <summary>Measures what a FIB, PIT or content store entry costs, by filling a table and asking the garbage collector.</summary>
internal static class TableMemory
{
    private const int Million = 1_000_000;
    private const int Cached = 65_536;

    /// <summary>Measures and prints; returns the exit code.</summary>
    public static int Run(bool isQuick)
    {
        int many = isQuick ? Million / 10 : Million;
        var table = new Table().Border(TableBorder.Simple).AddColumns(
            "entry", "entries", "bytes measured", "own", "octets of name or packet", "reserved by the tables");
        Add(table, "FIB, one nexthop", many, new ForwarderOptions { FibCapacity = 1 << 20 }, (node, number) => node.AddPrefix(number),
            report => (report.BytesPerFibEntry, report.PrefixOctets));
        Add(table, "PIT, one downstream, one upstream", many, TableBenchmarks.BigPit, (node, number) => node.ReceiveInterest(number),
            report => (report.BytesPerPitEntry + report.BytesPerInRecord + report.BytesPerOutRecord, report.PitOctets));
        Add(table, "content store", Cached, new ForwarderOptions(), Cache,
            report => (report.BytesPerContentStoreEntry, report.ContentStoreOctets));
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(
            $"bytes measured: growth of the managed heap over the filling, for each entry. Names have 4 components ({NameOctets()} octets; "
            + $"FIB prefixes 2), Interests {BenchNode.MakeInterest().Length} octets, Data {BenchNode.MakeData().Length}.");
        return 0;
    }

    private static void Cache(BenchNode node, ulong number)
    {
        node.ReceiveInterest(number);
        node.ReceiveData(number);
    }

    private static int NameOctets() => BenchNode.NameOf(0).EncodedLength;

    private static void Add(
        Table table, string what, int count, ForwarderOptions options, Action<BenchNode, ulong> fill,
        Func<MemoryReport, (int Own, long Octets)> figures)
    {
        var node = new BenchNode(options);
        fill(node, ulong.MaxValue);
        long reservedBefore = node.Core.MemoryReport.ReservedBytes;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int number = 0; number < count; number++)
        {
            fill(node, (ulong)number);
        }

        long after = GC.GetTotalMemory(forceFullCollection: true);
        MemoryReport report = node.Core.MemoryReport;
        (int own, long octets) = figures(report);
        GC.KeepAlive(node);
        table.AddRow(
            what, Number(count), PerEntry(after - before, count), Number(own), PerEntry(octets, count),
            PerEntry(report.ReservedBytes - reservedBefore, count));
    }

    private static string PerEntry(long bytes, int count) => ((double)bytes / count).ToString("F1", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
