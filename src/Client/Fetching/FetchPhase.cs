namespace Piccolo.Client.Fetching;

/// <summary>Where one segment stands.</summary>
internal enum FetchPhase
{
    /// <summary>It is to be asked for as soon as the window allows.</summary>
    Queued,

    /// <summary>An Interest for it is under way.</summary>
    Outstanding,

    /// <summary>It was refused and waits a little.</summary>
    BackingOff,

    /// <summary>It came and is being checked.</summary>
    Verifying,

    /// <summary>It is here and waits for those before it.</summary>
    Ready,

    /// <summary>It is not wanted any more.</summary>
    Dropped,
}
