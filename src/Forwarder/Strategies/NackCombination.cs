using Piccolo.Forwarder.Tables;
using Piccolo.Ndn.Link;

namespace Piccolo.Forwarder.Strategies;

/// <summary>What is told downstream when upstreams refuse: wait for the others, then pass on the least severe reason.</summary>
/// <remarks>Source: NFD, the Nack rules that best-route, ASF and random share.</remarks>
internal static class NackCombination
{
    /// <summary>Acts on a Nack that has been recorded.</summary>
    public static void Apply(in PendingInterest pending)
    {
        int outstanding = 0;
        int outstandingSlot = -1;
        uint leastSevere = uint.MaxValue;
        for (int record = pending.Pit.Entry(pending.Entry).OutHead; record >= 0; record = pending.Pit.Out(record).Next)
        {
            ref OutRecord outRecord = ref pending.Pit.Out(record);
            if (!outRecord.IsNacked)
            {
                outstanding++;
                outstandingSlot = outRecord.FaceSlot;
                continue;
            }

            leastSevere = Math.Min(leastSevere, Severity(outRecord.NackReason));
        }

        NackReason reason = leastSevere == uint.MaxValue ? NackReason.None : (NackReason)leastSevere;
        if (outstanding == 0)
        {
            pending.SendNackToAll(reason);
        }
        else if (outstanding == 1 && pending.Pit.FindIn(pending.Entry, outstandingSlot) >= 0)
        {
            // Its own Interest is what we are waiting for: it would wait for itself.
            pending.SendNack(outstandingSlot, reason);
        }
    }

    private static uint Severity(byte reason) =>
        reason is (byte)NackReason.Congestion or (byte)NackReason.Duplicate or (byte)NackReason.NoRoute
            ? reason
            : uint.MaxValue;
}
