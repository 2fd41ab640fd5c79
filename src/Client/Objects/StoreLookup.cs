namespace Piccolo.Client.Objects;

/// <summary>What a store makes of an Interest.</summary>
public enum StoreLookup
{
    /// <summary>An answer waits to be taken.</summary>
    Answered,

    /// <summary>An answer follows when content or signature came.</summary>
    Waiting,

    /// <summary>There is no such object or segment.</summary>
    NotFound,

    /// <summary>Too much is asked for at once.</summary>
    Busy,
}
