using Piccolo.Ndn;
using Piccolo.Ndn.Packets;

namespace Piccolo.Client.Fetching;

/// <summary>One segment from the first time it is asked for until it is handed on.</summary>
internal sealed class FetchSlot(ulong segment) : IDeadlineItem
{
    /// <summary>Stands for the packet by which the versioned name is found.</summary>
    internal const ulong Discovery = ulong.MaxValue;

    internal ulong Segment { get; } = segment;

    internal FetchPhase Phase { get; set; }

    internal Data? Data { get; set; }

    internal int Sendings { get; set; }

    internal int Nacks { get; set; }

    internal int NoRoutes { get; set; }

    internal int VerificationFailures { get; set; }

    internal Instant SentAt { get; set; }

    /// <summary>Whether later ones came first, so that it is given up early.</summary>
    internal bool IsOvertaken { get; set; }

    /// <summary>Number of its last sending among all of the fetch.</summary>
    internal ulong SendOrder { get; set; }

    /// <inheritdoc/>
    public Instant Deadline { get; set; }

    /// <inheritdoc/>
    public ulong Order => Segment;

    /// <inheritdoc/>
    public int HeapPlace { get; set; }
}
