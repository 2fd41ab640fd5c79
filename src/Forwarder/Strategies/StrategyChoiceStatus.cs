namespace Piccolo.Forwarder.Strategies;

/// <summary>How a change of the strategy choice ended.</summary>
public enum StrategyChoiceStatus
{
    /// <summary>Done.</summary>
    Ok,

    /// <summary>No strategy has this name, or none as new as the version asked for.</summary>
    UnknownStrategy,

    /// <summary>The strategy exists only in a newer version, which does not act as the one asked for.</summary>
    UnsupportedVersion,

    /// <summary>A parameter has a value that the strategy cannot take.</summary>
    BadParameters,

    /// <summary>The prefix has more components than a table takes.</summary>
    PrefixTooLong,

    /// <summary>The table, its octets or the number of different strategy instances is at its limit.</summary>
    TableFull,

    /// <summary>The prefix has no choice of its own, or is the root, which must have one.</summary>
    NotFound,
}
