using Piccolo.Ndn;
using Piccolo.Ndn.Naming;

namespace Piccolo.Client;

/// <summary>An Interest that waits for Data, ours or a peer's.</summary>
internal abstract class IndexedInterest : IDeadlineItem
{
    /// <summary>Its number; grows with time.</summary>
    internal required ulong Id { get; init; }

    /// <summary>The name on the wire, digests included.</summary>
    internal required Name Name { get; init; }

    internal required bool CanBePrefix { get; init; }

    internal required bool MustBeFresh { get; init; }

    /// <summary>Key of its bucket in the index.</summary>
    internal ulong Key { get; set; }

    internal IndexedInterest? Previous { get; set; }

    internal IndexedInterest? Next { get; set; }

    /// <inheritdoc/>
    public Instant Deadline { get; set; }

    /// <inheritdoc/>
    public ulong Order => Id;

    /// <inheritdoc/>
    public int HeapPlace { get; set; }
}
