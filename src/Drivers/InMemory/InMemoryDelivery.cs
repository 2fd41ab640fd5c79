namespace Piccolo.Drivers.InMemory;

/// <summary>On whose thread an in-memory link delivers.</summary>
public enum InMemoryDelivery
{
    /// <summary>On the sender's, before its call returns, unless a delivery to that end is under way already.</summary>
    Inline,

    /// <summary>On the thread pool.</summary>
    Queued,

    /// <summary>On whichever thread calls <see cref="InMemoryLink.DeliverQueued"/>: for hosts that order everything themselves.</summary>
    Manual,
}
