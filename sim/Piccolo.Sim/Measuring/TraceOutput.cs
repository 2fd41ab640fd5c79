using Piccolo.Sim.Reports;

namespace Piccolo.Sim.Measuring;

/// <summary>Where one trace goes: a file, a table in memory, both or neither, up to its limit of rows.</summary>
internal sealed class TraceOutput : IRowSink, IDisposable
{
    private readonly RowWriter? _file;
    private readonly RowLimit _limit;

    public TraceOutput(string fileName, string tableName, IReadOnlyList<string> columns, string? folder, TraceSettings settings)
    {
        Table = settings.KeepsTables ? new MetricTable(tableName, columns) : null;
        RowFormat format = fileName.EndsWith(".csv", StringComparison.Ordinal) ? RowFormat.Csv : RowFormat.Tsv;
        _file = folder is null ? null : new RowWriter(Path.Combine(folder, fileName), format, columns);
        IRowSink[] sinks = [.. new IRowSink?[] { _file, Table }.OfType<IRowSink>()];
        _limit = new RowLimit(new RowTee(sinks), settings.RowsMax);
    }

    public MetricTable? Table { get; }

    public TraceSummary Summary => new(
        _file is null ? "" : Path.GetFileName(_file.Path), _limit.RowCount, _limit.RowsLeftOut);

    public void Append(params ReadOnlySpan<MetricValue> cells) => _limit.Append(cells);

    public void Dispose() => _file?.Dispose();
}
