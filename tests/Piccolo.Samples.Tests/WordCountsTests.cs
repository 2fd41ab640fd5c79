using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Piccolo.Samples.Tests;

public sealed class WordCountsTests
{
    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("\n", 1, 0)]
    [InlineData("one", 0, 1)]
    [InlineData("one two\n three\tfour\r\n", 2, 4)]
    [InlineData("  \n\n  a\u00A0b \u3000 \u00E9t\u00E9\n", 3, 3)]
    [InlineData("\u0001 \u0002", 0, 0)]
    public void Text_has_its_lines_words_and_octets(string text, long lines, long words) =>
        Assert.Equal(new WordCounts(lines, words, Encoding.UTF8.GetByteCount(text)), WordCounts.Of(Encoding.UTF8.GetBytes(text)));

    [GnuWcFact]
    public async Task Random_octets_and_characters_are_counted_as_wc_counts_them()
    {
        byte[][] pieces =
        [
            .. Enumerable.Range(0, 256).Select(octet => new[] { (byte)octet }),
            .. new[] { "\u00E9", "\u00A0", "\u2003", "\u3000", "\u4E2D", "\U0001F600", "word", " ", "\n" }.Select(Encoding.UTF8.GetBytes),
        ];
        var random = new Random(20_250_101);
        for (int round = 0; round < 20; round++)
        {
            byte[] text = [.. Enumerable.Range(0, random.Next(2000)).SelectMany(_ => pieces[random.Next(pieces.Length)])];
            Assert.Equal(await RunWcAsync(text), WordCounts.Of(text));
        }
    }

    private static async Task<WordCounts> RunWcAsync(byte[] text)
    {
        var start = new ProcessStartInfo("wc", "-lwc") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using Process wc = Process.Start(start)!;
        await wc.StandardInput.BaseStream.WriteAsync(text);
        wc.StandardInput.Close();
        string output = await wc.StandardOutput.ReadToEndAsync();
        await wc.WaitForExitAsync();
        long[] numbers = [.. output.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(number => long.Parse(number, CultureInfo.InvariantCulture))];
        return new WordCounts(numbers[0], numbers[1], numbers[2]);
    }
}
