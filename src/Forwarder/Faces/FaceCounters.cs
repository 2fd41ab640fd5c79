namespace Piccolo.Forwarder.Faces;

/// <summary>What one face has carried.</summary>
/// <remarks>
/// Source: NFD management, face status. <see cref="InOctets"/> and <see cref="OutOctets"/> are those of frames; the octets of one kind of
/// packet are those of the Interest or Data itself, without its NDNLPv2 header, as measured throughput wants them.
/// </remarks>
public struct FaceCounters
{
    /// <summary>Interests received.</summary>
    public ulong InInterests { get; set; }

    /// <summary>Data received.</summary>
    public ulong InData { get; set; }

    /// <summary>Nacks received.</summary>
    public ulong InNacks { get; set; }

    /// <summary>Interests sent.</summary>
    public ulong OutInterests { get; set; }

    /// <summary>Data sent.</summary>
    public ulong OutData { get; set; }

    /// <summary>Nacks sent.</summary>
    public ulong OutNacks { get; set; }

    /// <summary>Octets received.</summary>
    public ulong InOctets { get; set; }

    /// <summary>Octets sent.</summary>
    public ulong OutOctets { get; set; }

    /// <summary>Octets of the Interests received.</summary>
    public ulong InInterestOctets { get; set; }

    /// <summary>Octets of the Data received.</summary>
    public ulong InDataOctets { get; set; }

    /// <summary>Octets of the Interests that Nacks returned here.</summary>
    public ulong InNackOctets { get; set; }

    /// <summary>Octets of the Interests sent.</summary>
    public ulong OutInterestOctets { get; set; }

    /// <summary>Octets of the Data sent.</summary>
    public ulong OutDataOctets { get; set; }

    /// <summary>Octets of the Interests that Nacks returned from here.</summary>
    public ulong OutNackOctets { get; set; }
}
