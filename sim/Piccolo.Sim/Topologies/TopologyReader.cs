using System.Globalization;
using System.Text;

namespace Piccolo.Sim.Topologies;

/// <summary>Reads topology files: ndnSIM's annotated format, Rocketfuel's maps and weights, GraphML.</summary>
/// <remarks>
/// Whatever the octets, the outcome is a topology or a <see cref="ScenarioException"/> that begins with <c>FILE:LINE</c>.
/// What a file does not say of its links, the defaults say. Files are UTF-8.
/// </remarks>
public static class TopologyReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is; messages name it as given here.</param>
    /// <param name="format">Its format, or <see cref="TopologyFormat.Detect"/>.</param>
    /// <param name="defaults">What links are like where the file is silent.</param>
    /// <param name="limits">How large it may be.</param>
    /// <exception cref="ScenarioException">The file cannot be read, or what it says cannot be.</exception>
    public static Topology ReadFile(
        string path, TopologyFormat format = TopologyFormat.Detect, LinkSettings? defaults = null, TopologyLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        limits ??= new TopologyLimits();
        byte[] octets;
        try
        {
            using FileStream stream = File.OpenRead(path);
            octets = ReadAtMost(stream, limits.FileOctets);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ScenarioException($"{path}:1: the topology file cannot be read: {error.Message}", error);
        }

        return Read(path, octets, format, defaults, limits);
    }

    /// <summary>Reads what is in memory.</summary>
    /// <param name="file">How messages call it.</param>
    /// <param name="octets">The content.</param>
    /// <param name="format">Its format, or <see cref="TopologyFormat.Detect"/>.</param>
    /// <param name="defaults">What links are like where the content is silent.</param>
    /// <param name="limits">How large it may be.</param>
    /// <exception cref="ScenarioException">What it says cannot be.</exception>
    public static Topology Read(
        string file,
        ReadOnlySpan<byte> octets,
        TopologyFormat format = TopologyFormat.Detect,
        LinkSettings? defaults = null,
        TopologyLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        TopologyBuilder builder = new(file, defaults ?? new LinkSettings(), limits ?? new TopologyLimits());
        if (octets.Length > builder.Limits.FileOctets)
        {
            throw builder.Error(1, $"the file has more than {builder.Limits.FileOctets} octets");
        }

        string text = Decode(octets, builder);
        return (format == TopologyFormat.Detect ? Detect(text, builder) : format) switch
        {
            TopologyFormat.Annotated => AnnotatedReader.Read(text, builder),
            TopologyFormat.RocketfuelMap => RocketfuelMapReader.Read(text, builder),
            TopologyFormat.RocketfuelWeights => RocketfuelWeightsReader.Read(text, builder),
            TopologyFormat.GraphMl => GraphMlReader.Read(text, builder),
            _ => throw builder.Error(1, $"topologies are not read from {format}; they are from annotated, Rocketfuel and GraphML files"),
        };
    }

    private static byte[] ReadAtMost(FileStream stream, long limit)
    {
        // One octet more than allowed is enough to see that there are too many, also where a length is not known before.
        byte[] chunk = new byte[64 * 1024];
        using MemoryStream content = new();
        int count;
        while (content.Length <= limit && (count = stream.Read(chunk)) > 0)
        {
            content.Write(chunk, 0, count);
        }

        return content.ToArray();
    }

    private static string Decode(ReadOnlySpan<byte> octets, TopologyBuilder builder)
    {
        if (octets.StartsWith(Encoding.UTF8.Preamble))
        {
            octets = octets[Encoding.UTF8.Preamble.Length..];
        }

        string text;
        try
        {
            text = StrictUtf8.GetString(octets);
        }
        catch (DecoderFallbackException error)
        {
            int line = 1 + octets[..Math.Clamp(error.Index, 0, octets.Length)].Count((byte)'\n');
            throw new ScenarioException($"{builder.Place(line)}: this is no UTF-8 text", error);
        }

        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) && text[i] is not ('\n' or '\r' or '\t'))
            {
                int line = 1 + text.AsSpan(0, i).Count('\n');
                string code = ((int)text[i]).ToString("X2", CultureInfo.InvariantCulture);
                throw builder.Error(line, $"this is no text: it has a control character, 0x{code}");
            }
        }

        return text;
    }

    private static TopologyFormat Detect(string text, TopologyBuilder builder)
    {
        foreach ((int line, string[] fields) in TopologyLines.Of(text))
        {
            if (fields[0][0] == '<')
            {
                return TopologyFormat.GraphMl;
            }

            if (fields is ["router"] or ["link"])
            {
                return TopologyFormat.Annotated;
            }

            if (fields.Contains("->") || (fields.Length > 1 && (fields[1][0] == '@' || (fields[0][0] == '-' && fields[1][0] == '='))))
            {
                return TopologyFormat.RocketfuelMap;
            }

            if (fields.Length == 3 && UnitText.TryNumber(fields[2], out _))
            {
                return TopologyFormat.RocketfuelWeights;
            }

            throw builder.Error(
                line,
                $"a file that begins with '{Quote.Clip(string.Join(' ', fields))}' is none of the formats: annotated (router, link), "
                + "Rocketfuel map or weights, GraphML");
        }

        throw builder.Error(1, "the file is empty");
    }
}
