using System.Text;

namespace Piccolo.Samples.Tests;

public sealed class PictureFileTests
{
    [Fact]
    public void Png_in_gray_and_in_colour_gives_its_shades()
    {
        GrayImage gray = PictureFile.Read(PngFile.Make(3, 2, PngFile.Gray, [0, 1, 2, 3, 0, 4, 5, 255]));
        Assert.Equal((3, 2), (gray.Width, gray.Height));
        Assert.Equal([1, 2, 3, 4, 5, 255], gray.Pixels);

        GrayImage colour = PictureFile.Read(PngFile.Make(2, 1, PngFile.Colour, [0, 255, 0, 0, 9, 9, 9]));
        Assert.Equal([GrayImage.Shade(255, 0, 0), 9], colour.Pixels);

        byte[] interlaced = PngFile.Make(2, 2, PngFile.Gray, [0, 1, 0, 2, 0, 3, 4], isInterlaced: true);
        Assert.Equal([1, 2, 3, 4], PictureFile.Read(interlaced).Pixels);
    }

    [Fact]
    public void Png_whose_pixels_are_spread_over_chunks_is_read()
    {
        byte[] packed = PngFile.Deflate([0, 7, 8]);
        byte[] file = PngFile.Join(
            PngFile.Header(2, 1, PngFile.Gray),
            PngFile.Chunk("IDAT", packed[..3]),
            PngFile.Chunk("IDAT", packed[3..]),
            PngFile.Chunk("IEND", []));
        Assert.Equal([7, 8], PictureFile.Read(file).Pixels);
    }

    [Fact]
    public void Png_bomb_is_refused_before_it_is_unpacked()
    {
        byte[] bomb = PngFile.Make(10, 10, PngFile.Gray, new byte[100_000_000]);
        Assert.InRange(bomb.Length, 1, 200_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        FormatException refusal = Assert.Throws<FormatException>(() => PictureFile.Read(bomb));
        Assert.Contains("unpacks to more", refusal.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    public void Png_with_damaged_chunks_is_a_format_error()
    {
        byte[] header = PngFile.Header(2, 1, PngFile.Gray);
        byte[] pixels = PngFile.Chunk("IDAT", PngFile.Deflate([0, 7, 8]));
        byte[] end = PngFile.Chunk("IEND", []);
        byte[] endless = PngFile.Chunk("IDAT", [1]);
        endless[0] = 0x7F;
        byte[] wrongSum = [.. pixels];
        wrongSum[^1] ^= 1;
        byte[][] files =
        [
            PngFile.Join(),
            PngFile.Join(header),
            PngFile.Join(header, pixels),
            PngFile.Join(header, end),
            PngFile.Join(header, endless, end),
            PngFile.Join(header, wrongSum, end),
            PngFile.Join(pixels, header, end),
            PngFile.Join(header, PngFile.Chunk("IDAT", [0x78, 0x9C, 0xFF, 0xFF, 0xFF]), end),
            PngFile.Join(header, PngFile.Chunk("IDAT", PngFile.Deflate([0])), end),
            PngFile.Make(0, 1, PngFile.Gray, [0]),
            PngFile.Make(uint.MaxValue, uint.MaxValue, PngFile.Gray, [0]),
        ];
        Assert.All(files, file => Assert.Throws<FormatException>(() => PictureFile.Read(file)));
    }

    [Fact]
    public void Png_cut_anywhere_is_a_format_error()
    {
        byte[] file = PngFile.Make(3, 2, PngFile.Gray, [0, 1, 2, 3, 0, 4, 5, 255]);
        for (int length = 0; length < file.Length; length++)
        {
            byte[] cut = file[..length];
            Assert.Throws<FormatException>(() => PictureFile.Read(cut));
        }
    }

    [Fact]
    public void Netpbm_pictures_with_comments_and_small_maxima_are_read()
    {
        Assert.Equal([0, 128, 255], PictureFile.Read([.. "P5 # shades\n3 1\n255\n"u8, 0, 128, 255]).Pixels);
        Assert.Equal([0, 127, 255], PictureFile.Read([.. "P5\n3 1 2\n"u8, 0, 1, 2]).Pixels);
        Assert.Equal([GrayImage.Shade(1, 2, 3)], PictureFile.Read([.. "P6\n1 1\n255\n"u8, 1, 2, 3]).Pixels);
    }

    [Theory]
    [InlineData("")]
    [InlineData("P5")]
    [InlineData("P4\n1 1\n1\n0")]
    [InlineData("P5\n1\n")]
    [InlineData("P5\n-1 1\n255\n0")]
    [InlineData("P5\n0 1\n255\n0")]
    [InlineData("P5\n1 1\n0\n0")]
    [InlineData("P5\n1 1\n256\n0")]
    [InlineData("P5\n2 2\n255\n000")]
    [InlineData("P5\n1 1\n255")]
    [InlineData("P6\n1 1\n255\n00")]
    [InlineData("P5\n999999999 999999999\n255\n0")]
    [InlineData("P5\n99999999999 1\n255\n0")]
    public void Malformed_header_is_a_format_error(string file) =>
        Assert.Throws<FormatException>(() => PictureFile.Read(Encoding.ASCII.GetBytes(file)));

    [Fact]
    public void Picture_is_written_as_the_kind_it_came_as()
    {
        var picture = new GrayImage(2, 2, [0, 10, 200, 255]);
        byte[] png = PngFile.Make(1, 1, PngFile.Gray, [0, 0]);
        byte[] pgm = [.. "P5\n1 1\n255\n"u8, 0];
        foreach (byte[] original in new[] { png, pgm })
        {
            byte[] written = PictureFile.WriteLike(original, picture);
            Assert.Equal(original[..2], written[..2]);
            Assert.Equal(picture.Pixels, PictureFile.Read(written).Pixels);
        }
    }
}
