namespace Piccolo.Forwarder.Faces;

/// <summary>What one face has carried.</summary>
/// <remarks>Source: NFD management, face status. Octets are those of frames.</remarks>
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
}
