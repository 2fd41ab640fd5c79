namespace Piccolo.Sim.Reports;

/// <summary>Gives each row to several sinks, for instance to a file and to the table a figure is drawn from.</summary>
public sealed class RowTee(params IReadOnlyList<IRowSink> sinks) : IRowSink
{
    /// <inheritdoc/>
    public void Append(params ReadOnlySpan<MetricValue> cells)
    {
        foreach (IRowSink sink in sinks)
        {
            sink.Append(cells);
        }
    }
}
