using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder;

/// <summary>The sizes and settings of one forwarder; constant for its life, except where management changes them.</summary>
/// <remarks>Each table grows on demand up to its limit; a packet that meets a limit is dropped and counted.</remarks>
public sealed record ForwarderOptions
{
    /// <summary>Packets in the content store; 0 turns it off.</summary>
    public int ContentStoreCapacity { get; init; } = 65536;

    /// <summary>Octets of packets in the content store, counted in pages.</summary>
    public long ContentStoreOctetsMax { get; init; } = 576L << 20;

    /// <summary>Whether the content store begins to keep names in order only with the first Interest that asks for a prefix.</summary>
    /// <remarks>
    /// Exact names are found without the order, and keeping it is half of the price of storing a packet. The first Interest with
    /// CanBePrefix then orders all that is there: a pause of tens of milliseconds in a large store, none to speak of in a small one.
    /// </remarks>
    public bool IsContentStoreOrderedOnDemand { get; init; }

    /// <summary>Pending Interests.</summary>
    public int PitCapacity { get; init; } = 1 << 18;

    /// <summary>Downstream records, and as many upstream records, in all pending Interests.</summary>
    public int PitRecordCapacity { get; init; } = 1 << 19;

    /// <summary>Octets of pending Interests, counted in pages.</summary>
    public long PitOctetsMax { get; init; } = 256L << 20;

    /// <summary>Prefixes in the FIB, the root included.</summary>
    public int FibCapacity { get; init; } = 1 << 20;

    /// <summary>Nexthops in all FIB entries.</summary>
    public int FibNextHopCapacity { get; init; } = 1 << 21;

    /// <summary>Prefixes with a strategy of their own, the root included.</summary>
    public int StrategyChoiceCapacity { get; init; } = 4096;

    /// <summary>Octets of the names of FIB and strategy choice, counted in pages.</summary>
    public long PrefixOctetsMax { get; init; } = 256L << 20;

    /// <summary>Interests remembered by the dead nonce list.</summary>
    public int DeadNonceCapacity { get; init; } = 1 << 20;

    /// <summary>Faces at one time.</summary>
    public int FaceCapacity { get; init; } = 16384;

    /// <summary>Size of the pages that packets and names are kept in; small for many small nodes in one process.</summary>
    public int PageOctets { get; init; } = 65536;

    /// <summary>Frames that wait for <see cref="ForwarderCore.TryTakeTransmit"/>.</summary>
    public int TransmitQueueMax { get; init; } = 65536;

    /// <summary>Events that wait for <see cref="ForwarderCore.TryTakeEvent"/>.</summary>
    public int EventQueueMax { get; init; } = 4096;

    /// <summary>Packets that wait for the forwarder's own management.</summary>
    public int InternalQueueMax { get; init; } = 256;

    /// <summary>Pending Interests that one call of <see cref="ForwarderCore.HandleTimeout"/> ends at most.</summary>
    public int TimeoutBatchMax { get; init; } = 1024;

    /// <summary>The longest InterestLifetime that is honoured.</summary>
    /// <remarks>Units: milliseconds. A longer one is treated as this one: state of strangers must end.</remarks>
    public ulong InterestLifetimeMsMax { get; init; } = 3_600_000;

    /// <summary>Names of the regions this node is in; a ForwardingHint that names one of them has done its work.</summary>
    public IReadOnlyList<Name> NetworkRegions { get; init; } = [];

    /// <summary>Unix time at <see cref="Piccolo.Ndn.Instant.Zero"/>.</summary>
    /// <remarks>Units: milliseconds.</remarks>
    public ulong UnixTimeAtZeroMs { get; init; }

    /// <summary>What management reports as the forwarder's version.</summary>
    public string NfdVersion { get; init; } = "24.07-piccolo";

    /// <summary>First half of the key of the name hash: secret in a daemon, fixed in a simulation.</summary>
    public ulong HashKey0 { get; init; } = 0x0706050403020100;

    /// <summary>Second half of the key of the name hash.</summary>
    public ulong HashKey1 { get; init; } = 0x0F0E0D0C0B0A0908;
}
