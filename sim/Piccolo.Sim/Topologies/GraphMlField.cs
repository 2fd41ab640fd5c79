namespace Piccolo.Sim.Topologies;

/// <summary>What a GraphML attribute means to a topology.</summary>
internal enum GraphMlField
{
    /// <summary>Nothing: it is skipped.</summary>
    None,
    Label,
    X,
    Y,
    Latitude,
    Kind,
    Rate,
    RateUnit,
    Delay,
    DelayUnit,
    Metric,
    Queue,
    Loss,
    Corruption,
    Duplication,
    Reorder,
    ReorderDelay,
    Mtu,

    /// <summary>How many there are.</summary>
    Count,
}
