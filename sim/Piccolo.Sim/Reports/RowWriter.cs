using System.Buffers;
using System.Text;

namespace Piccolo.Sim.Reports;

/// <summary>Writes a table to a file: a line of column names, then a line for each row.</summary>
/// <remarks>Owns: the file. A full disk stops it with an <see cref="OutputException"/>; the lines in the file are whole.</remarks>
public sealed class RowWriter : IRowSink, IDisposable
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    private readonly OutputFile _file;
    private readonly RowFormat _format;
    private readonly int _columnCount;

    /// <summary>Creates the file and writes the names of the columns.</summary>
    /// <exception cref="OutputException">It cannot be created.</exception>
    public RowWriter(string path, RowFormat format, IReadOnlyList<string> columns)
        : this(new OutputFile(path), format, columns)
    {
    }

    internal RowWriter(OutputFile file, RowFormat format, IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        _file = file;
        _format = format;
        _columnCount = columns.Count;
        for (int i = 0; i < columns.Count; i++)
        {
            Separate(i);
            WriteText(columns[i]);
        }

        EndLine();
    }

    /// <summary>Where it writes.</summary>
    public string Path => _file.Path;

    /// <summary>Lines written, without the names of the columns.</summary>
    public long RowCount { get; private set; }

    /// <inheritdoc/>
    public void Append(params ReadOnlySpan<MetricValue> cells)
    {
        if (cells.Length != _columnCount)
        {
            throw new ArgumentException($"{Path}: a row of {cells.Length} cells for {_columnCount} columns", nameof(cells));
        }

        _file.ThrowIfFailed();
        for (int i = 0; i < cells.Length; i++)
        {
            Separate(i);
            if (cells[i].Kind == MetricKind.Text)
            {
                WriteText(cells[i].Text!);
            }
            else
            {
                _file.Advance(cells[i].WriteNumber(_file.Reserve(MetricValue.NumberLengthMax)));
            }
        }

        EndLine();
        RowCount++;
    }

    /// <summary>Hands all rows to the operating system.</summary>
    public void Flush() => _file.Flush();

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Separate(int column)
    {
        if (column > 0)
        {
            _file.Write(_format == RowFormat.Csv ? ","u8 : "\t"u8);
        }
    }

    private void EndLine()
    {
        _file.Write("\n"u8);
        _file.EndRecord();
    }

    private void WriteText(string text)
    {
        if (_format == RowFormat.Tsv)
        {
            WriteUtf8(text.AsSpan().IndexOfAny('\t', '\n', '\r') < 0
                ? text
                : text.Replace('\t', ' ').Replace('\n', ' ').Replace('\r', ' '));
        }
        else if (text.AsSpan().IndexOfAny(Quoted) < 0)
        {
            WriteUtf8(text);
        }
        else
        {
            WriteUtf8($"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        }
    }

    private void WriteUtf8(string text)
    {
        Span<byte> room = _file.Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _file.Advance(Encoding.UTF8.GetBytes(text, room));
    }
}
