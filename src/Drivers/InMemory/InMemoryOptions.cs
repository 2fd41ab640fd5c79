using Piccolo.Ndn.Link;

namespace Piccolo.Drivers.InMemory;

/// <summary>How the two ends of a link inside one process behave.</summary>
public sealed record InMemoryOptions
{
    /// <summary>When the other end gets a frame.</summary>
    public InMemoryDelivery Delivery { get; init; } = InMemoryDelivery.Inline;

    /// <summary>Largest frame carried; larger ones are dropped and counted.</summary>
    public int Mtu { get; init; } = LinkCapabilities.UnlimitedMtu;

    /// <summary>How many frames may wait for an end that is not started or busy; more are dropped and counted.</summary>
    public int QueueFramesMax { get; init; } = 4096;

    /// <summary>The scope both ends report.</summary>
    public LinkScope Scope { get; init; } = LinkScope.Local;

    /// <summary>The persistency both ends report.</summary>
    public FacePersistency Persistency { get; init; } = FacePersistency.Persistent;

    /// <summary>The host part of the first end's <c>mem://</c> FaceUri.</summary>
    public string FirstLabel { get; init; } = "a";

    /// <summary>The host part of the second end's <c>mem://</c> FaceUri.</summary>
    public string SecondLabel { get; init; } = "b";
}
