using Piccolo.Sim.Reports;

namespace Piccolo.Sim.Tests.Reports;

public class ReferenceFileTests
{
    private const string NoNumber = ", which is no number; a missing point is written '-', a comment begins with '#'";

    private static ReferenceFile Parse(string text) => ReferenceFile.Parse("points.dat", text.Split('\n'));

    [Theory]
    [InlineData("1 2 3\n2 4 6")]
    [InlineData("1\t2\t3\n2\t4\t6\n")]
    [InlineData("1,2,3\r\n2, 4 ,6\r\n")]
    [InlineData("# a comment\n\n  1   2\t3  # the first\n2 4 6\n#\n")]
    [InlineData("\uFEFFx first second\n1 2 3\n2 4 6\n")]
    public void Reader_takes_each_way_to_write_columns(string text)
    {
        ReferenceFile file = Parse(text);
        Assert.Equal(2, file.RowCount);
        Assert.Equal(3, file.Columns.Count);
        Assert.Equal([1, 2, 3, 2, 4, 6], [file[0, 0], file[0, 1], file[0, 2], file[1, 0], file[1, 1], file[1, 2]]);
    }

    [Fact]
    public void Missing_points_are_not_numbers()
    {
        ReferenceFile file = Parse("x,a,b\n1,,2\n2,?,nan\n3,-,-1");
        Assert.Equal(["x", "a", "b"], file.Columns);
        Assert.True(double.IsNaN(file[0, 1]) && double.IsNaN(file[1, 1]) && double.IsNaN(file[1, 2]) && double.IsNaN(file[2, 1]));
        Assert.Equal(-1, file[2, 2]);
    }

    [Theory]
    [InlineData("1 2\n3 4\n5 six", "points.dat:3: column 2 is 'six'" + NoNumber)]
    [InlineData("# two\n1 2\n3", "points.dat:3: 1 columns where the lines before have 2; a missing point is written '-'")]
    [InlineData("1\n2", "points.dat:1: one column only; x and at least one y are needed")]
    [InlineData("x y\n\n- 2", "points.dat:3: x is missing; only a y may be")]
    [InlineData("# nothing\n", "points.dat:2: the file ends without a single point")]
    [InlineData("1 1e999", "points.dat:1: column 2 is '1e999'" + NoNumber)]
    [InlineData("x y\na b", "points.dat:2: column 1 is 'a'" + NoNumber)]
    public void Error_names_file_line_and_reason(string text, string message)
    {
        Assert.Equal(message, Assert.Throws<ScenarioException>(() => Parse(text)).Message);
    }

    [Fact]
    public void File_that_is_not_there_is_named()
    {
        ScenarioException error = Assert.Throws<ScenarioException>(() => ReferenceFile.Read("/nowhere/points.dat"));
        Assert.StartsWith("/nowhere/points.dat: the file of reference points cannot be read", error.Message, StringComparison.Ordinal);
    }
}
