namespace Piccolo.Sim.Measuring;

/// <summary>What one direction of a link has carried, and what waits in it.</summary>
internal readonly record struct LinkReading
{
    public long Sent { get; init; }

    public long SentOctets { get; init; }

    public long Delivered { get; init; }

    public long DeliveredOctets { get; init; }

    public long DroppedQueue { get; init; }

    public long DroppedQueueOctets { get; init; }

    public long DroppedLoss { get; init; }

    public long DroppedDown { get; init; }

    public long Corrupted { get; init; }

    public long Duplicated { get; init; }

    /// <summary>Frames that wait for the transmitter.</summary>
    public long QueuedPackets { get; init; }

    public long QueuedOctets { get; init; }

    /// <summary>Frames that are being transmitted or travel.</summary>
    public long OnTheWay { get; init; }
}
