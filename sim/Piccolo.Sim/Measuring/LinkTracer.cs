using Piccolo.Sim.Reports;

namespace Piccolo.Sim.Measuring;

/// <summary>Queues, throughput and losses of each direction of links, over time.</summary>
/// <remarks>
/// Queued is what waits for the transmitter at that moment, on the way what is being transmitted or travels; the other counts are those of
/// the period. Utilisation is the share of the period that the delivered octets take to transmit (0 where the link has no rate).
/// </remarks>
internal sealed class LinkTracer(IReadOnlyList<LinkProbe> links, long periodNs, IRowSink sink) : ITracer
{
    private readonly LinkReading[] _before = new LinkReading[links.Count];

    public static double Utilisation(long octets, long rateBps, long durationNs) =>
        rateBps == 0 || durationNs == 0 ? 0 : octets * 8 * 1e9 / ((double)rateBps * durationNs);

    public void Sample(long nowNs)
    {
        for (int i = 0; i < links.Count; i++)
        {
            LinkReading now = links[i].Read(nowNs);
            LinkReading before = _before[i];
            _before[i] = now;
            sink.Append(
                MetricValue.Seconds(nowNs),
                MetricValue.Of(links[i].FromName),
                MetricValue.Of(links[i].ToName),
                MetricValue.Of(now.QueuedPackets),
                MetricValue.Of(now.QueuedOctets),
                MetricValue.Of(now.OnTheWay),
                MetricValue.Of(now.Sent - before.Sent),
                MetricValue.Of(now.Delivered - before.Delivered),
                MetricValue.Of(now.DeliveredOctets - before.DeliveredOctets),
                MetricValue.Of(Utilisation(now.DeliveredOctets - before.DeliveredOctets, links[i].RateBps, periodNs)),
                MetricValue.Of(now.DroppedQueue - before.DroppedQueue),
                MetricValue.Of(now.DroppedLoss - before.DroppedLoss),
                MetricValue.Of(now.DroppedDown - before.DroppedDown),
                MetricValue.Of(now.Corrupted - before.Corrupted),
                MetricValue.Of(now.Duplicated - before.Duplicated));
        }
    }
}
