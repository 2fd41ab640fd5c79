namespace Piccolo.Client.Fetching;

/// <summary>How far a fetch is, and how it went so far.</summary>
public struct FetchProgress
{
    /// <summary>Segments that came and were accepted, in whatever order.</summary>
    public ulong SegmentsReceived { get; internal set; }

    /// <summary>Octets of payload in the segments that came without a gap.</summary>
    public ulong OctetsInOrder { get; internal set; }

    /// <summary>Interests sent, repetitions included.</summary>
    public ulong RequestsSent { get; internal set; }

    /// <summary>Interests sent again.</summary>
    public ulong Retransmissions { get; internal set; }

    /// <summary>Interests that were not answered in time.</summary>
    public ulong Timeouts { get; internal set; }

    /// <summary>Interests given up before their time-out, because later ones were answered.</summary>
    public ulong OvertakenLosses { get; internal set; }

    /// <summary>Interests that came back refused.</summary>
    public ulong Nacks { get; internal set; }

    /// <summary>Answers with a congestion mark.</summary>
    public ulong CongestionMarks { get; internal set; }

    /// <summary>How often the window shrank.</summary>
    public ulong WindowDecreases { get; internal set; }

    /// <summary>Segments that were there already.</summary>
    public ulong Duplicates { get; internal set; }

    /// <summary>Data that is no segment that was asked for.</summary>
    public ulong Unexpected { get; internal set; }

    /// <summary>Segments that did not pass the check.</summary>
    public ulong VerificationFailures { get; internal set; }
}
