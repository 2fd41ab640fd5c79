using Piccolo.Sim.Network;

namespace Piccolo.Sim.Measuring;

/// <summary>One direction of a link of a running network.</summary>
internal sealed class SimLinkProbe(LinkDirection direction) : LinkProbe
{
    public override int From => direction.From.Index;

    public override string FromName => direction.From.Name;

    public override int To => direction.To.Index;

    public override string ToName => direction.To.Name;

    public override long RateBps => direction.Link.Settings.RateBps;

    public override LinkReading Read(long nowNs)
    {
        LinkDirectionCounters counters = direction.Counters;
        (int packets, long octets) = direction.QueueAt(nowNs);
        return new LinkReading
        {
            Sent = counters.Sent,
            SentOctets = counters.SentOctets,
            Delivered = counters.Delivered,
            DeliveredOctets = counters.DeliveredOctets,
            DroppedQueue = counters.DroppedQueue,
            DroppedQueueOctets = counters.DroppedQueueOctets,
            DroppedLoss = counters.DroppedLoss,
            DroppedDown = counters.DroppedDown,
            Corrupted = counters.Corrupted,
            Duplicated = counters.Duplicated,
            QueuedPackets = packets,
            QueuedOctets = octets,
            OnTheWay = counters.Queued - packets,
        };
    }
}
