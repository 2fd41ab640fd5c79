using Piccolo.Ndn;

namespace Piccolo.Client;

/// <summary>Something that a <see cref="DeadlineHeap{TItem}"/> can hold.</summary>
internal interface IDeadlineItem
{
    /// <summary>When it is due; changed only by the heap's owner through <see cref="DeadlineHeap{TItem}.Set"/>.</summary>
    Instant Deadline { get; set; }

    /// <summary>Breaks ties: of two items due at once the lower comes first.</summary>
    ulong Order { get; }

    /// <summary>Where it stands in the heap plus one; 0 outside.</summary>
    int HeapPlace { get; set; }
}
