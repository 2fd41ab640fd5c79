using System.Globalization;

namespace Piccolo.Sim.Reports;

/// <summary>A file of published points: columns between spaces, tabs or commas, the first one x.</summary>
/// <remarks>
/// Text after <c>#</c> is a comment. A first line without any number names the columns. <c>-</c>, <c>?</c> and <c>NaN</c> stand for a
/// point that is missing. Bound: 64 MiB of text.
/// </remarks>
public sealed class ReferenceFile
{
    private const long LengthMax = 64 << 20;

    private readonly List<double[]> _rows;

    private ReferenceFile(string path, IReadOnlyList<string> columns, List<double[]> rows)
    {
        Path = path;
        Columns = columns;
        _rows = rows;
    }

    /// <summary>The file, as it was given.</summary>
    public string Path { get; }

    /// <summary>The names of the columns, x first.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>How many points each column has.</summary>
    public int RowCount => _rows.Count;

    /// <summary>One number; NaN where it is missing.</summary>
    public double this[int row, int column] => _rows[row][column];

    /// <summary>Reads a file.</summary>
    /// <exception cref="ScenarioException">It cannot be read, or a line is not what it must be: <c>FILE:LINE: reason</c>.</exception>
    public static ReferenceFile Read(string path)
    {
        try
        {
            var information = new FileInfo(path);
            if (information.Exists && information.Length > LengthMax)
            {
                throw new ScenarioException($"{path}: {information.Length} octets are too many for reference points (64 MiB at most)");
            }

            return Parse(path, File.ReadLines(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ScenarioException($"{path}: the file of reference points cannot be read: {e.Message}", e);
        }
    }

    internal static ReferenceFile Parse(string path, IEnumerable<string> lines)
    {
        string[]? names = null;
        var rows = new List<double[]>();
        int count = 0;
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            string[] fields = Split(line);
            if (fields.Length == 0)
            {
                continue;
            }

            if (rows.Count == 0 && names is null && Array.TrueForAll(fields, field => !TryParse(field, out _)))
            {
                names = fields;
                count = fields.Length;
                Require(count >= 2, path, number, "one column only; x and at least one y are needed");
                continue;
            }

            count = count == 0 ? fields.Length : count;
            Require(count >= 2, path, number, "one column only; x and at least one y are needed");
            Require(
                fields.Length == count,
                path,
                number,
                $"{fields.Length} columns where the lines before have {count}; a missing point is written '-'");
            rows.Add(ParseRow(path, number, fields));
        }

        Require(rows.Count > 0, path, Math.Max(number, 1), "the file ends without a single point");
        names ??= [.. Enumerable.Range(1, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        return new ReferenceFile(path, names, rows);
    }

    private static string[] Split(string line)
    {
        int comment = line.IndexOf('#', StringComparison.Ordinal);
        string text = (comment < 0 ? line : line[..comment]).Trim(' ', '\t', '\r', '\uFEFF');
        if (text.Length == 0)
        {
            return [];
        }

        // Commas separate also empty fields (a missing point); runs of blanks are one separator.
        return text.Contains(',', StringComparison.Ordinal)
            ? text.Split(',', StringSplitOptions.TrimEntries)
            : text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
    }

    private static double[] ParseRow(string path, int number, string[] fields)
    {
        var row = new double[fields.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            Require(
                TryParse(fields[i], out row[i]),
                path,
                number,
                $"column {i + 1} is '{fields[i]}', which is no number; a missing point is written '-', a comment begins with '#'");
            Require(i > 0 || !double.IsNaN(row[0]), path, number, "x is missing; only a y may be");
        }

        return row;
    }

    private static bool TryParse(string field, out double value)
    {
        if (field is "-" or "?" or "" || field.Equals("nan", StringComparison.OrdinalIgnoreCase))
        {
            value = double.NaN;
            return true;
        }

        return double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    private static void Require(bool holds, string path, int line, string reason)
    {
        if (!holds)
        {
            throw new ScenarioException($"{path}:{line.ToString(CultureInfo.InvariantCulture)}: {reason}");
        }
    }
}
