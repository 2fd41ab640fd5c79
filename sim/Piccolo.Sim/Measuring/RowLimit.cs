using Piccolo.Sim.Reports;

namespace Piccolo.Sim.Measuring;

/// <summary>Lets so many rows through and counts the rest, so that a trace cannot fill a disk.</summary>
internal sealed class RowLimit(IRowSink sink, long rowsMax) : IRowSink
{
    /// <summary>Rows that went through.</summary>
    public long RowCount { get; private set; }

    /// <summary>Rows that did not.</summary>
    public long RowsLeftOut { get; private set; }

    public void Append(params ReadOnlySpan<MetricValue> cells)
    {
        if (RowCount >= rowsMax)
        {
            RowsLeftOut++;
            return;
        }

        sink.Append(cells);
        RowCount++;
    }
}
