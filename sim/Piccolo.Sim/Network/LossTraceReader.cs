namespace Piccolo.Sim.Network;

/// <summary>Reads loss traces.</summary>
/// <remarks>
/// A text file; <c>#</c> begins a comment. Its first line is <c>frames</c> or <c>intervals</c>. After <c>frames</c> (or <c>frames
/// repeat</c>) come digits, one for each frame, 1 for lost, with white space where one likes. After <c>intervals</c> (or <c>intervals
/// repeat PERIOD</c>) each line has two times, from and to; a time is a decimal number of seconds, or of what its suffix says:
/// <c>s</c>, <c>ms</c>, <c>us</c>, <c>ns</c>.
/// </remarks>
public static class LossTraceReader
{
    private const int FramesMax = 100_000_000;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ScenarioException">The file is missing or malformed; the message says where.</exception>
    public static LossTrace Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException($"{path}: the loss trace cannot be read: {error.Message}", error);
        }

        return Parse(text, path);
    }

    /// <summary>Reads text.</summary>
    /// <param name="text">The trace.</param>
    /// <param name="file">What messages call it.</param>
    /// <exception cref="ScenarioException">The text is malformed; the message says where.</exception>
    public static LossTrace Parse(string text, string file)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] lines = text.Split('\n');
        for (int number = 0; number < lines.Length; number++)
        {
            string[] words = Words(lines[number]);
            switch (words)
            {
                case []:
                    continue;
                case ["frames"]:
                case ["frames", "repeat"]:
                    return ReadFrames(lines, number + 1, words.Length == 2, file);
                case ["intervals"]:
                    return ReadIntervals(lines, number + 1, 0, file);
                case ["intervals", "repeat", var period]:
                    return ReadIntervals(lines, number + 1, ReadPeriod(period, file, number), file);
                default:
                    throw Error(
                        file,
                        number,
                        $"'{lines[number].Trim()}' is no kind of trace; say frames, frames repeat, intervals or intervals repeat PERIOD");
            }
        }

        throw Error(file, lines.Length - 1, "the trace is empty; its first line must be frames or intervals");
    }

    private static LossTrace ReadFrames(string[] lines, int first, bool repeats, string file)
    {
        var frames = new List<bool>();
        for (int number = first; number < lines.Length; number++)
        {
            foreach (string word in Words(lines[number]))
            {
                foreach (char digit in word)
                {
                    if (digit is not ('0' or '1'))
                    {
                        throw Error(file, number, $"'{digit}' is no frame; 1 is a lost one and 0 one that arrives");
                    }

                    frames.Add(digit == '1');
                }
            }

            if (frames.Count > FramesMax)
            {
                throw Error(file, number, $"the trace has more than {FramesMax} frames; cut it, or let a shorter one repeat");
            }
        }

        return frames.Count > 0 ? LossTrace.OfFrames(frames, repeats) : throw Error(file, lines.Length - 1, "the trace has no frames");
    }

    private static LossTrace ReadIntervals(string[] lines, int first, long periodNs, string file)
    {
        var intervals = new List<LossInterval>();
        long end = 0;
        for (int number = first; number < lines.Length; number++)
        {
            string[] words = Words(lines[number]);
            if (words.Length == 0)
            {
                continue;
            }

            if (words.Length != 2)
            {
                throw Error(file, number, $"'{lines[number].Trim()}' is no interval; write its beginning and its end, for example 1.5s 2s");
            }

            var interval = new LossInterval(ReadTime(words[0], file, number), ReadTime(words[1], file, number));
            if (LossTrace.Fault(interval, end) is { } fault)
            {
                throw Error(file, number, fault);
            }

            end = interval.ToNs;
            if (periodNs != 0 && end > periodNs)
            {
                throw Error(file, number, $"the interval ends at {end} ns, after the period of {periodNs} ns");
            }

            intervals.Add(interval);
        }

        return intervals.Count > 0
            ? LossTrace.OfIntervals(intervals, periodNs)
            : throw Error(file, lines.Length - 1, "the trace has no intervals");
    }

    private static long ReadPeriod(string word, string file, int number)
    {
        long period = ReadTime(word, file, number);
        return period > 0 ? period : throw Error(file, number, $"'{word}' is no period; it must be more than 0");
    }

    private static long ReadTime(string word, string file, int number) =>
        VirtualDuration.TryParse(word, out long ns)
            ? ns
            : throw Error(file, number, $"'{word}' is no time; write seconds, or a number with s, ms, us or ns behind it");

    private static string[] Words(string line)
    {
        int comment = line.IndexOf('#', StringComparison.Ordinal);
        return (comment < 0 ? line : line[..comment]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    private static ScenarioException Error(string file, int index, string reason) => new($"{file}:{index + 1}: {reason}");
}
