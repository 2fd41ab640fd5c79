namespace Piccolo.Sim.Scenarios.Shapes;

/// <summary>What a value of a scenario is.</summary>
public enum ValueKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A time: <c>"10ms"</c>, or a number of seconds.</summary>
    Duration,

    /// <summary>Bits a second: <c>"1Mbps"</c>, or a number.</summary>
    Rate,

    /// <summary>An amount of octets: <c>"1KiB"</c>, or a number.</summary>
    Octets,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>An object.</summary>
    Object,

    /// <summary>An array.</summary>
    List,

    /// <summary>An object whose keys the author chooses.</summary>
    Map,

    /// <summary>One of several.</summary>
    Either,

    /// <summary>Any JSON.</summary>
    Any,
}
