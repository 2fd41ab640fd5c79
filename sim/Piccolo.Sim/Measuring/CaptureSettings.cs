namespace Piccolo.Sim.Measuring;

/// <summary>A link whose frames are written as pcap, both directions in one file.</summary>
/// <remarks>
/// A frame is written with the time at which it enters the link, also one that is lost on the way; one its queue refuses is not.
/// The file is <c>A-B.pcap</c>, with <c>_</c> for what is neither letter, digit nor full stop; where that name is taken,
/// <c>A-B-2.pcap</c> and so on, in the order of the captures.
/// </remarks>
public sealed record CaptureSettings
{
    /// <summary>The name of the node at one end.</summary>
    public string A { get; init; } = "";

    /// <summary>The name of the node at the other end.</summary>
    public string B { get; init; } = "";

    /// <summary>Octets that are kept of each frame.</summary>
    public int FrameLengthMax { get; init; } = 65535;

    /// <summary>Frames at most; the summary tells how many were left out.</summary>
    public long FramesMax { get; init; } = 1_000_000;
}
