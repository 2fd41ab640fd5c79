using Piccolo.Forwarder.Tables;
using Piccolo.Ndn;
using Piccolo.Ndn.Link;

namespace Piccolo.Forwarder.Strategies;

/// <summary>A PIT entry as a strategy sees it, with what a strategy may do about it.</summary>
internal readonly ref struct PendingInterest
{
    private readonly ForwarderCore _core;

    public PendingInterest(ForwarderCore core, int entry, int faceSlot, int inRecord, int fibEntry, Instant now)
    {
        _core = core;
        Entry = entry;
        FaceSlot = faceSlot;
        InRecord = inRecord;
        FibEntry = fibEntry;
        Now = now;
    }

    /// <summary>Index of the PIT entry.</summary>
    public int Entry { get; }

    /// <summary>The face that caused the call.</summary>
    public int FaceSlot { get; }

    /// <summary>The downstream record whose Interest would be sent; -1 when there is none.</summary>
    public int InRecord { get; }

    /// <summary>The FIB entry for this Interest; -1 when none was looked up or found.</summary>
    public int FibEntry { get; }

    /// <summary>The present.</summary>
    public Instant Now { get; }

    /// <summary>The table the entry is in.</summary>
    public Pit Pit => _core.PitTable;

    /// <summary>The first nexthop by cost, or -1.</summary>
    public int FirstHop => FibEntry < 0 ? -1 : _core.FibTable.FirstHop(FibEntry);

    /// <summary>A nexthop.</summary>
    public ref NextHopRecord Hop(int hop) => ref _core.FibTable.Hop(hop);

    /// <summary>Whether the Interest of a downstream may go to a face: not back where it came from, and within its scope.</summary>
    public bool MayGoTo(int downstreamSlot, int upstreamSlot) => _core.MayForward(Entry, downstreamSlot, upstreamSlot);

    /// <summary>Sends the Interest of <see cref="InRecord"/>.</summary>
    /// <returns>The out-record, or -1 when it was not sent (and counted).</returns>
    public int Send(int upstreamSlot) => _core.SendPending(Entry, InRecord, upstreamSlot, Now);

    /// <summary>Sends the Interest of another downstream record.</summary>
    /// <returns>The out-record, or -1 when it was not sent (and counted).</returns>
    public int Send(int upstreamSlot, int inRecord) => _core.SendPending(Entry, inRecord, upstreamSlot, Now);

    /// <summary>Refuses a downstream's Interest; its record goes.</summary>
    public void SendNack(int downstreamSlot, NackReason reason) => _core.SendNack(Entry, downstreamSlot, reason, Now);

    /// <summary>Refuses the Interests of all downstreams.</summary>
    public void SendNackToAll(NackReason reason)
    {
        for (int record = Pit.Entry(Entry).InHead; record >= 0;)
        {
            int next = Pit.In(record).Next;
            _core.SendNack(Entry, Pit.In(record).FaceSlot, reason, Now);
            record = next;
        }
    }

    /// <summary>Ends the entry when the pipeline ends.</summary>
    public void Reject() => Pit.Entry(Entry).Flags |= PitFlags.ExpireNow;

    /// <summary>Counts an Interest that was held back.</summary>
    public void CountSuppressed() => _core.Counters.SuppressedInterests++;
}
