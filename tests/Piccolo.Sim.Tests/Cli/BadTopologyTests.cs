using Piccolo.Sim.Tests.Reports;

namespace Piccolo.Sim.Tests.Cli;

/// <summary>Broken files of each format, given to the program: file, line and reason, in one sentence, and exit code 1.</summary>
public sealed class BadTopologyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(
        "net.graphml",
        "<graphml>\n <graph edgedefault='undirected'>\n  <node id='a'/>\n  <node id='b'/>\n"
            + "  <edge source='a' target='c'/>\n </graph>\n</graphml>",
        "5: there is no node with id 'c'")]
    [InlineData("torn.graphml", "<graphml>\n <graph>\n  <node id='a'>\n </graph>\n</graphml>", "4: ")]
    [InlineData(
        "isp.cch",
        "1 @Bonn bb (1) -> <2> =r1 r0\n2 @Kiel bb (1) -> <1> =r2 r0\n3 @Ulm (1) -> <7> =r3 r1\n",
        "3: there is no router 7")]
    [InlineData("weights.intra", "bonn kiel 3\nkiel ulm 2.5\nulm bonn heavy\n", "3: 'heavy' is no weight")]
    [InlineData("other.txt", "\nhello world\n", "2: a file that begins with 'hello world' is none of the formats")]
    [InlineData("none.cch", null, "1: the topology file cannot be read")]
    public async Task Topology_file_that_is_wrong_is_refused_with_file_line_and_reason(string name, string? text, string message)
    {
        string file = text is null ? _folder.File(name) : _folder.File(name, text);
        (int exit, string output, string error) = await SimulatorProgram.RunAsync("topology", file);
        Assert.Equal((1, ""), (exit, output));
        Assert.StartsWith($"pcl-sim: {file}:{message}", error, StringComparison.Ordinal);
        Assert.True(error.Length > $"pcl-sim: {file}:{message}\n".Length - 1, error);
        Assert.Equal(1, error.Count(letter => letter == '\n'));
    }
}
