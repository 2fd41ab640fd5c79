namespace Piccolo.Sim.Reports;

/// <summary>What becomes of several rows with the same x.</summary>
public enum SeriesAggregate : byte
{
    /// <summary>Each stays a point.</summary>
    None,

    /// <summary>Their sum: rates of all faces of a node.</summary>
    Sum,

    /// <summary>Their mean: repetitions with other seeds.</summary>
    Mean,

    /// <summary>The smallest.</summary>
    Minimum,

    /// <summary>The largest.</summary>
    Maximum,

    /// <summary>How many they are; the y column is not read.</summary>
    Count,
}
