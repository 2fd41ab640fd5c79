namespace Piccolo.Client;

/// <summary>What a <see cref="ClientEvent"/> tells.</summary>
public enum ClientEventKind
{
    /// <summary>An expressed Interest was answered.</summary>
    DataReceived,

    /// <summary>An expressed Interest came back refused.</summary>
    Nacked,

    /// <summary>Nobody answered an expressed Interest.</summary>
    TimedOut,

    /// <summary>A peer asks for something under a prefix that is served here.</summary>
    InterestReceived,
}
