using Piccolo.Forwarder.Tables;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Strategies;

/// <summary>Sends to the cheapest nexthop, and a retransmission to the cheapest one not yet tried.</summary>
/// <remarks>Source: NFD, best-route strategy version 5.</remarks>
internal sealed class BestRouteStrategy(Name instanceName, RetxSuppression suppression) : IStrategy
{
    public Name InstanceName { get; } = instanceName;

    public bool ActsOnNewNextHop => false;

    public void AfterReceiveInterest(in PendingInterest pending)
    {
        switch (suppression.DecideForEntry(pending.Pit, pending.Entry, pending.Now))
        {
            case SuppressionResult.Suppress:
                pending.CountSuppressed();
                break;
            case SuppressionResult.New:
                SendFirst(pending);
                break;
            default:
                SendAgain(pending);
                break;
        }
    }

    public void AfterReceiveNack(in PendingInterest pending) => NackCombination.Apply(pending);

    public void AfterNewNextHop(in PendingInterest pending, int faceSlot)
    {
        // A consumer's retransmission finds it.
    }

    private static void SendFirst(in PendingInterest pending)
    {
        for (int hop = pending.FirstHop; hop >= 0; hop = pending.Hop(hop).Next)
        {
            int slot = pending.Hop(hop).FaceSlot;
            if (pending.MayGoTo(pending.FaceSlot, slot))
            {
                pending.Send(slot);
                return;
            }
        }

        pending.SendNack(pending.FaceSlot, NackReason.NoRoute);
        pending.Reject();
    }

    private static void SendAgain(in PendingInterest pending)
    {
        int earliestSlot = -1;
        long earliest = long.MaxValue;
        for (int hop = pending.FirstHop; hop >= 0; hop = pending.Hop(hop).Next)
        {
            int slot = pending.Hop(hop).FaceSlot;
            if (!pending.MayGoTo(pending.FaceSlot, slot))
            {
                continue;
            }

            int record = pending.Pit.FindOut(pending.Entry, slot);
            if (record < 0 || pending.Pit.Out(record).ExpiryNanoseconds <= pending.Now.Nanoseconds)
            {
                pending.Send(slot);
                return;
            }

            ref OutRecord used = ref pending.Pit.Out(record);
            if (used.RenewedNanoseconds < earliest)
            {
                earliest = used.RenewedNanoseconds;
                earliestSlot = slot;
            }
        }

        if (earliestSlot >= 0)
        {
            pending.Send(earliestSlot);
        }
    }
}
