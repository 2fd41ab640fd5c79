namespace Piccolo.Sim.Reports;

/// <summary>What a cell of a metric table holds.</summary>
public enum MetricKind : byte
{
    /// <summary>Nothing: not known, not applicable.</summary>
    None,

    /// <summary>A count.</summary>
    Integer,

    /// <summary>A measure with a fraction.</summary>
    Number,

    /// <summary>Nanoseconds, written as seconds without rounding.</summary>
    Seconds,

    /// <summary>Nanoseconds, written as microseconds without rounding.</summary>
    Microseconds,

    /// <summary>A name.</summary>
    Text,
}
