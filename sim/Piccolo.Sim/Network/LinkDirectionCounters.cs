namespace Piccolo.Sim.Network;

/// <summary>What became of the frames of one direction of a link.</summary>
/// <remarks>Sent + duplicated = delivered + every kind of dropped + queued, at each moment; each run checks it at its end.</remarks>
public readonly record struct LinkDirectionCounters
{
    /// <summary>Frames that the node handed to the link.</summary>
    public long Sent { get; init; }

    /// <summary>Their octets.</summary>
    public long SentOctets { get; init; }

    /// <summary>Copies that the link made of frames.</summary>
    public long Duplicated { get; init; }

    /// <summary>Frames that arrived, corrupted ones and copies included.</summary>
    public long Delivered { get; init; }

    /// <summary>Their octets.</summary>
    public long DeliveredOctets { get; init; }

    /// <summary>Frames that arrived with a flipped bit, copies included.</summary>
    public long Corrupted { get; init; }

    /// <summary>Frames that the queue dropped.</summary>
    public long DroppedQueue { get; init; }

    /// <summary>Their octets.</summary>
    public long DroppedQueueOctets { get; init; }

    /// <summary>Frames that were transmitted and lost.</summary>
    public long DroppedLoss { get; init; }

    /// <summary>Frames that a link or node which was or went down has lost.</summary>
    /// <remarks>
    /// Those handed to a link that is down; at the moment of a cut all that wait or are on their way; at the moment at which the sender
    /// crashes those it has not wholly sent; and those that arrive at a node that is down.
    /// </remarks>
    public long DroppedDown { get; init; }

    /// <summary>Frames that wait or are on their way.</summary>
    public long Queued { get; init; }

    /// <summary>Time for which the transmitter was busy.</summary>
    /// <remarks>Units: nanoseconds. Divided by the elapsed time it is the direction's utilisation.</remarks>
    public long BusyNs { get; init; }

    /// <summary>Frames unaccounted for; anything but zero is a fault of the simulator.</summary>
    public long Missing => Sent + Duplicated - Delivered - DroppedQueue - DroppedLoss - DroppedDown - Queued;
}
