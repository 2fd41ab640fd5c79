namespace Piccolo.Client.Objects;

/// <summary>What a <see cref="StoreEvent"/> tells.</summary>
public enum StoreEventKind
{
    /// <summary>Octets of a lazily published object are needed: see <see cref="SegmentStore.HandleContent"/>.</summary>
    ContentNeeded,

    /// <summary>A packet is to be signed: see <see cref="SegmentStore.HandleSigned"/>.</summary>
    SignatureNeeded,

    /// <summary>An object went to make room.</summary>
    Evicted,
}
