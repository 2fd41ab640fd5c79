using System.Globalization;
using System.Text;
using BigGustave;

namespace Piccolo.Samples;

/// <summary>Reads a PNG or a binary PPM/PGM picture and writes the same kind back.</summary>
/// <remarks>Source: Netpbm's PPM and PGM formats (P6, P5, maxval up to 255); PNG through BigGustave.</remarks>
public static class PictureFile
{
    private static ReadOnlySpan<byte> PngSignature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads a picture and makes it gray.</summary>
    /// <exception cref="FormatException">The octets are neither a PNG nor a P5 or P6 picture, or are damaged.</exception>
    public static GrayImage Read(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(PngSignature))
        {
            return ReadPng(file);
        }

        if (file.Length >= 2 && file[0] == (byte)'P' && file[1] is (byte)'5' or (byte)'6')
        {
            return ReadNetpbm(file);
        }

        throw new FormatException("not a PNG, PPM (P6) or PGM (P5) picture");
    }

    /// <summary>Writes a gray picture: as PNG when the original was one, as PGM (P5) otherwise.</summary>
    public static byte[] WriteLike(ReadOnlySpan<byte> original, GrayImage picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return original.StartsWith(PngSignature) ? WritePng(picture) : WritePgm(picture);
    }

    private static GrayImage ReadPng(ReadOnlySpan<byte> file)
    {
        (long width, long height) = ReadPngSize(file);
        CheckSize((width, height));
        PngPixelData.Check(file, width, height);
        try
        {
            return ToGray(Png.Open(file.ToArray()));
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw new FormatException($"the PNG picture is damaged: {error.Message}", error);
        }
    }

    private static GrayImage ToGray(Png png)
    {
        byte[] shades = new byte[png.Width * png.Height];
        for (int y = 0; y < png.Height; y++)
        {
            for (int x = 0; x < png.Width; x++)
            {
                Pixel pixel = png.GetPixel(x, y);
                shades[(y * png.Width) + x] = GrayImage.Shade(pixel.R, pixel.G, pixel.B);
            }
        }

        return new GrayImage(png.Width, png.Height, shades);
    }

    private static (long Width, long Height) ReadPngSize(ReadOnlySpan<byte> file)
    {
        if (file.Length < 24)
        {
            throw new FormatException("the PNG picture ends before its size");
        }

        return (System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(file[16..]),
            System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(file[20..]));
    }

    private static void CheckSize((long Width, long Height) size)
    {
        if (size.Width < 1 || size.Height < 1 || size.Width > GrayImage.PixelCountMax
            || size.Height > GrayImage.PixelCountMax || size.Width * size.Height > GrayImage.PixelCountMax)
        {
            throw new FormatException($"a picture of {size.Width} x {size.Height} pixels; at most {GrayImage.PixelCountMax} are read");
        }
    }

    private static GrayImage ReadNetpbm(ReadOnlySpan<byte> file)
    {
        bool isColour = file[1] == (byte)'6';
        int position = 2;
        int width = ReadHeaderNumber(file, ref position, "width");
        int height = ReadHeaderNumber(file, ref position, "height");
        int shadeMax = ReadHeaderNumber(file, ref position, "largest value");
        CheckSize((width, height));
        if (shadeMax is < 1 or > 255)
        {
            throw new FormatException($"the largest value is {shadeMax}; 1 to 255 are read");
        }

        position++;
        int channels = isColour ? 3 : 1;
        long needed = (long)width * height * channels;
        if (position > file.Length || file.Length - position < needed)
        {
            throw new FormatException($"the picture needs {needed} octets of pixels and has {Math.Max(0, file.Length - position)}");
        }

        ReadOnlySpan<byte> source = file.Slice(position, (int)needed);
        byte[] shades = new byte[width * height];
        for (int i = 0; i < shades.Length; i++)
        {
            byte shade = isColour ? GrayImage.Shade(source[i * 3], source[(i * 3) + 1], source[(i * 3) + 2]) : source[i];
            shades[i] = shadeMax == 255 ? shade : (byte)Math.Min(255, shade * 255 / shadeMax);
        }

        return new GrayImage(width, height, shades);
    }

    private static int ReadHeaderNumber(ReadOnlySpan<byte> file, ref int position, string what)
    {
        while (position < file.Length && (file[position] is (byte)' ' or (>= 9 and <= 13) or (byte)'#'))
        {
            if (file[position] == (byte)'#')
            {
                while (position < file.Length && file[position] != (byte)'\n')
                {
                    position++;
                }
            }
            else
            {
                position++;
            }
        }

        int start = position;
        while (position < file.Length && file[position] is >= (byte)'0' and <= (byte)'9' && position - start < 9)
        {
            position++;
        }

        string digits = Encoding.ASCII.GetString(file[start..position]);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new FormatException($"the picture's {what} is missing in its header");
    }

    private static byte[] WritePng(GrayImage picture)
    {
        PngBuilder builder = PngBuilder.Create(picture.Width, picture.Height, hasAlphaChannel: false);
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++)
            {
                byte shade = picture.Pixels[(y * picture.Width) + x];
                builder.SetPixel(shade, shade, shade, x, y);
            }
        }

        using var stream = new MemoryStream();
        builder.Save(stream);
        return stream.ToArray();
    }

    private static byte[] WritePgm(GrayImage picture)
    {
        byte[] header = Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"P5\n{picture.Width} {picture.Height}\n255\n"));
        byte[] file = new byte[header.Length + picture.Pixels.Length];
        header.CopyTo(file, 0);
        picture.Pixels.CopyTo(file, header.Length);
        return file;
    }
}
