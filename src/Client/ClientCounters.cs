namespace Piccolo.Client;

/// <summary>What passed through an application's end of a link, and what was dropped and why.</summary>
public struct ClientCounters
{
    /// <summary>Interests expressed, each once however often it was sent.</summary>
    public ulong Expressed { get; internal set; }

    /// <summary>Interests sent again.</summary>
    public ulong Retransmitted { get; internal set; }

    /// <summary>Interests that were refused because too many wait.</summary>
    public ulong PendingFull { get; internal set; }

    /// <summary>Interests answered with Data.</summary>
    public ulong Satisfied { get; internal set; }

    /// <summary>Interests that ended with a Nack.</summary>
    public ulong Nacked { get; internal set; }

    /// <summary>Nacks after which another try is made.</summary>
    public ulong NacksAbsorbed { get; internal set; }

    /// <summary>Interests that nobody answered in time.</summary>
    public ulong TimedOut { get; internal set; }

    /// <summary>Interests that the application gave up.</summary>
    public ulong Cancelled { get; internal set; }

    /// <summary>Data that answers no Interest of ours: late, repeated or unasked.</summary>
    public ulong UnsolicitedData { get; internal set; }

    /// <summary>Nacks for no Interest of ours, or for a nonce that is not its last one.</summary>
    public ulong UnsolicitedNacks { get; internal set; }

    /// <summary>Frames that are no NDNLPv2 frames, or hold no packet.</summary>
    public ulong InvalidFrames { get; internal set; }

    /// <summary>Packets whose inside is malformed.</summary>
    public ulong InvalidPackets { get; internal set; }

    /// <summary>Interests of peers that were handed up.</summary>
    public ulong InterestsReceived { get; internal set; }

    /// <summary>Interests of peers for names that nobody here serves.</summary>
    public ulong InterestsUnserved { get; internal set; }

    /// <summary>Interests of peers dropped because too many wait for an answer.</summary>
    public ulong IncomingFull { get; internal set; }

    /// <summary>Interests of peers that were not answered within their lifetime.</summary>
    public ulong IncomingExpired { get; internal set; }

    /// <summary>Answers sent.</summary>
    public ulong Replied { get; internal set; }

    /// <summary>Interests of peers refused with a Nack.</summary>
    public ulong Rejected { get; internal set; }
}
