namespace Piccolo.Samples.Tests;

public sealed class EdgeDetectionTests
{
    [Fact]
    public void A_plain_picture_has_no_edges() =>
        Assert.All(EdgeDetection.Apply(new GrayImage(4, 3, [.. Enumerable.Repeat((byte)77, 12)])).Pixels, edge => Assert.Equal(0, edge));

    [Fact]
    public void A_single_point_gives_the_kernels_around_it()
    {
        byte[] pixels = new byte[25];
        pixels[12] = 10;
        byte[] expected =
        [
            0, 0, 0, 0, 0,
            0, 20, 20, 20, 0,
            0, 20, 0, 20, 0,
            0, 20, 20, 20, 0,
            0, 0, 0, 0, 0,
        ];
        Assert.Equal(expected, EdgeDetection.Apply(new GrayImage(5, 5, pixels)).Pixels);
    }

    [Fact]
    public void A_step_between_columns_is_white_on_both_sides_also_at_the_border()
    {
        var step = new GrayImage(4, 2, [0, 0, 255, 255, 0, 0, 255, 255]);
        Assert.Equal([0, 255, 255, 0, 0, 255, 255, 0], EdgeDetection.Apply(step).Pixels);
    }

    [Fact]
    public void A_picture_of_one_pixel_is_black() =>
        Assert.Equal([0], EdgeDetection.Apply(new GrayImage(1, 1, [200])).Pixels);
}
