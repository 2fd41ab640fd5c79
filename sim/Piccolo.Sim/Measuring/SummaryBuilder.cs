using Piccolo.Forwarder;
using Piccolo.Forwarder.Faces;

namespace Piccolo.Sim.Measuring;

/// <summary>Adds up what all nodes and links have counted.</summary>
/// <remarks>A node that restarted without state counts from its restart; a node that is down counts nothing.</remarks>
internal static class SummaryBuilder
{
    public static RunSummary AddUp(RunSummary summary, IReadOnlyList<NodeProbe> nodes, IReadOnlyList<LinkProbe> links)
    {
        var drops = new long[(int)DropReason.LinkGaveUp + 1];
        long byProcessors = 0;
        long byCrashes = 0;
        foreach (NodeProbe node in nodes)
        {
            byProcessors += node.ProcessorDrops;
            byCrashes += node.ProcessorLosses;
            if (node.Forwarder is ForwarderCore forwarder)
            {
                summary = AddNode(summary, forwarder, drops);
            }
        }

        return AddLinks(summary, links, drops, byProcessors, byCrashes);
    }

    private static RunSummary AddNode(RunSummary summary, ForwarderCore forwarder, long[] drops)
    {
        ForwarderCounters counters = forwarder.Counters;
        for (int reason = 0; reason < drops.Length; reason++)
        {
            drops[reason] += (long)counters.Dropped((DropReason)reason);
        }

        long interests = 0;
        long data = 0;
        long nacks = 0;
        foreach (Face face in forwarder.ListFaces())
        {
            if (face.IsLocal && face.Link is not null)
            {
                FaceCounters of = face.Counters;
                interests += (long)of.InInterests;
                data += (long)of.OutData;
                nacks += (long)of.OutNacks;
            }
        }

        return summary with
        {
            ApplicationInterests = summary.ApplicationInterests + interests,
            ApplicationData = summary.ApplicationData + data,
            ApplicationNacks = summary.ApplicationNacks + nacks,
            SatisfiedEntries = summary.SatisfiedEntries + (long)counters.SatisfiedInterests,
            UnsatisfiedEntries = summary.UnsatisfiedEntries + (long)counters.UnsatisfiedInterests,
            ContentStoreHits = summary.ContentStoreHits + (long)counters.ContentStoreHits,
            ContentStoreMisses = summary.ContentStoreMisses + (long)counters.ContentStoreMisses,
        };
    }

    private static RunSummary AddLinks(
        RunSummary summary, IReadOnlyList<LinkProbe> links, long[] drops, long byProcessors, long byCrashes)
    {
        var sum = default(LinkReading);
        double utilisationSum = 0;
        int limited = 0;
        double most = 0;
        string busiest = "";
        foreach (LinkProbe link in links)
        {
            LinkReading reading = link.Read(summary.VirtualNs);
            sum = new LinkReading
            {
                Sent = sum.Sent + reading.Sent,
                Delivered = sum.Delivered + reading.Delivered,
                DeliveredOctets = sum.DeliveredOctets + reading.DeliveredOctets,
                DroppedQueue = sum.DroppedQueue + reading.DroppedQueue,
                DroppedLoss = sum.DroppedLoss + reading.DroppedLoss,
                DroppedDown = sum.DroppedDown + reading.DroppedDown,
            };
            if (link.RateBps == 0)
            {
                continue;
            }

            double utilisation = LinkTracer.Utilisation(reading.DeliveredOctets, link.RateBps, summary.VirtualNs);
            utilisationSum += utilisation;
            limited++;
            if (utilisation > most)
            {
                most = utilisation;
                busiest = $"{link.FromName} to {link.ToName}";
            }
        }

        var causes = new List<SummaryCount>();
        AddCause(causes, "link queue full", sum.DroppedQueue);
        AddCause(causes, "lost on a link", sum.DroppedLoss);
        AddCause(causes, "link down", sum.DroppedDown);
        AddCause(causes, "processor busy", byProcessors);
        AddCause(causes, "processor crashed", byCrashes);
        for (int reason = 0; reason < drops.Length; reason++)
        {
            AddCause(causes, ((DropReason)reason).ToString(), drops[reason]);
        }

        return summary with
        {
            LinkFramesSent = sum.Sent,
            LinkFramesDelivered = sum.Delivered,
            LinkOctetsDelivered = sum.DeliveredOctets,
            UtilisationMean = limited == 0 ? 0 : utilisationSum / limited,
            UtilisationMax = most,
            BusiestLink = busiest,
            Drops = causes,
        };
    }

    private static void AddCause(List<SummaryCount> causes, string name, long count)
    {
        if (count > 0)
        {
            causes.Add(new SummaryCount(name, count));
        }
    }
}
