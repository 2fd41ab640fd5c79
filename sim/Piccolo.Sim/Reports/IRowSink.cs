namespace Piccolo.Sim.Reports;

/// <summary>Where the rows of one table go: a file, memory, several of them.</summary>
/// <remarks>One thread at a time: tracers write in control events, when all partitions stand still.</remarks>
public interface IRowSink
{
    /// <summary>Adds a row; it has a cell for each column.</summary>
    /// <exception cref="OutputException">The file behind it cannot be written.</exception>
    void Append(params ReadOnlySpan<MetricValue> cells);
}
