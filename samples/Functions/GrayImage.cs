namespace Piccolo.Samples;

/// <summary>A picture in 256 shades of gray, row by row.</summary>
/// <param name="Width">Pixels in a row; at least 1.</param>
/// <param name="Height">Rows; at least 1.</param>
/// <param name="Pixels">Width times height shades, 0 black to 255 white.</param>
public sealed record GrayImage(int Width, int Height, byte[] Pixels)
{
    /// <summary>The largest picture that is read, in pixels: a small file may announce a huge one.</summary>
    public const int PixelCountMax = 64 * 1024 * 1024;

    /// <summary>The shade of a colour, by the integer form of ITU-R BT.601's luma.</summary>
    public static byte Shade(byte red, byte green, byte blue) => (byte)(((77 * red) + (150 * green) + (29 * blue) + 128) >> 8);
}
