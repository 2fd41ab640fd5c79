namespace Piccolo.Sim.Reports;

/// <summary>Measured rows in memory, for figures and for code that asserts on them.</summary>
/// <remarks>Bound: it grows with each row; what fills it (a tracer) has a limit of rows.</remarks>
public sealed class MetricTable : IRowSink
{
    private readonly List<MetricValue> _cells = [];

    /// <summary>An empty table.</summary>
    public MetricTable(string name, params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        Name = name;
        Columns = columns;
    }

    /// <summary>What figures call it by.</summary>
    public string Name { get; }

    /// <summary>The names of its columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>How many rows it has.</summary>
    public int RowCount => Columns.Count == 0 ? 0 : _cells.Count / Columns.Count;

    /// <summary>One cell.</summary>
    public MetricValue this[int row, int column] => _cells[(row * Columns.Count) + column];

    /// <summary>The position of a column, or -1; case does not matter.</summary>
    public int IndexOf(string column)
    {
        for (int i = 0; i < Columns.Count; i++)
        {
            if (string.Equals(Columns[i], column, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    /// <inheritdoc/>
    public void Append(params ReadOnlySpan<MetricValue> cells)
    {
        if (cells.Length != Columns.Count)
        {
            throw new ArgumentException($"table '{Name}': a row of {cells.Length} cells for {Columns.Count} columns", nameof(cells));
        }

        foreach (MetricValue cell in cells)
        {
            _cells.Add(cell);
        }
    }

    /// <summary>Writes all rows to a file.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public void Save(string path, RowFormat format = RowFormat.Csv)
    {
        using var writer = new RowWriter(path, format, Columns);
        for (int row = 0; row < RowCount; row++)
        {
            writer.Append(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_cells).Slice(row * Columns.Count, Columns.Count));
        }
    }
}
