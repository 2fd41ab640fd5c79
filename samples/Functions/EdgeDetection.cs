namespace Piccolo.Samples;

/// <summary>Edge detection with the Sobel operator, in integers only, so that every engine gives the same octets.</summary>
/// <remarks>
/// Each pixel becomes min(255, |gx| + |gy|); pixels outside the picture repeat its border.
/// Source: the 3 x 3 Sobel kernels.
/// </remarks>
public static class EdgeDetection
{
    /// <summary>The edges of a picture, white on black.</summary>
    public static GrayImage Apply(GrayImage picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        int width = picture.Width;
        int height = picture.Height;
        byte[] edges = new byte[width * height];
        ReadOnlySpan<byte> pixels = picture.Pixels;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> above = pixels.Slice(Math.Max(y - 1, 0) * width, width);
            ReadOnlySpan<byte> row = pixels.Slice(y * width, width);
            ReadOnlySpan<byte> below = pixels.Slice(Math.Min(y + 1, height - 1) * width, width);
            Span<byte> target = edges.AsSpan(y * width, width);
            for (int x = 0; x < width; x++)
            {
                int left = Math.Max(x - 1, 0);
                int right = Math.Min(x + 1, width - 1);
                int gx = above[right] + (2 * row[right]) + below[right] - above[left] - (2 * row[left]) - below[left];
                int gy = below[left] + (2 * below[x]) + below[right] - above[left] - (2 * above[x]) - above[right];
                target[x] = (byte)Math.Min(255, Math.Abs(gx) + Math.Abs(gy));
            }
        }

        return new GrayImage(width, height, edges);
    }
}
