using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Strategies;

/// <summary>Sends to every nexthop, also to those that are added while the Interest is pending. Ignores Nacks.</summary>
/// <remarks>Source: NFD, multicast strategy version 5.</remarks>
internal sealed class MulticastStrategy(Name instanceName, RetxSuppression suppression) : IStrategy
{
    public Name InstanceName { get; } = instanceName;

    public bool ActsOnNewNextHop => true;

    public void AfterReceiveInterest(in PendingInterest pending)
    {
        for (int hop = pending.FirstHop; hop >= 0; hop = pending.Hop(hop).Next)
        {
            int slot = pending.Hop(hop).FaceSlot;
            if (!pending.MayGoTo(pending.FaceSlot, slot))
            {
                continue;
            }

            int record = pending.Pit.FindOut(pending.Entry, slot);
            SuppressionResult result = suppression.DecideForUpstream(pending.Pit, record, pending.Now);
            if (result == SuppressionResult.Suppress)
            {
                pending.CountSuppressed();
                continue;
            }

            int sent = pending.Send(slot);
            if (sent >= 0 && result == SuppressionResult.Forward)
            {
                suppression.Grow(ref pending.Pit.Out(sent));
            }
        }
    }

    public void AfterReceiveNack(in PendingInterest pending)
    {
        // Another nexthop may still answer; else the entry expires.
    }

    public void AfterNewNextHop(in PendingInterest pending, int faceSlot)
    {
        for (int record = pending.Pit.Entry(pending.Entry).InHead; record >= 0; record = pending.Pit.In(record).Next)
        {
            if (!pending.MayGoTo(pending.Pit.In(record).FaceSlot, faceSlot))
            {
                continue;
            }

            int outRecord = pending.Pit.FindOut(pending.Entry, faceSlot);
            SuppressionResult result = suppression.DecideForUpstream(pending.Pit, outRecord, pending.Now);
            if (result == SuppressionResult.Suppress)
            {
                continue;
            }

            int sent = pending.Send(faceSlot, record);
            if (sent >= 0 && result == SuppressionResult.Forward)
            {
                suppression.Grow(ref pending.Pit.Out(sent));
            }

            return;
        }
    }
}
