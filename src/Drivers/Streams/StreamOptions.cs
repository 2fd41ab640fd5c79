using Piccolo.Ndn.Tlv;

namespace Piccolo.Drivers.Streams;

/// <summary>Sizes and times of TCP and Unix stream links.</summary>
public sealed record StreamOptions
{
    /// <summary>Largest element taken from a stream; one octet more ends the link. Larger frames are not sent either.</summary>
    public int FrameOctetsMax { get; init; } = PacketLimits.MaxPacketOctets;

    /// <summary>How many octets may wait for the socket; what does not fit is dropped.</summary>
    public int SendQueueOctetsMax { get; init; } = 4 * 1024 * 1024;

    /// <summary>How many octets of small frames are gathered into one send.</summary>
    public int GatherOctetsMax { get; init; } = 64 * 1024;

    /// <summary>How many octets are asked of the socket at once.</summary>
    public int ReceiveOctetsMax { get; init; } = 64 * 1024;

    /// <summary>How many unsent octets the kernel may take from a TCP link, so that a backlog shows in our queue.</summary>
    public int KernelBacklogOctets { get; init; } = 128 * 1024;

    /// <summary>How many accepted links one listener serves at a time.</summary>
    public int PeersMax { get; init; } = 4096;

    /// <summary>How long an outgoing connection may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long a permanent link waits before it connects again; doubles with each failure.</summary>
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest such wait.</summary>
    public TimeSpan ReconnectDelayMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Who may connect to a listening Unix socket, as file permissions; everybody on this host, as NFD has it.</summary>
    public UnixFileMode UnixSocketMode { get; init; } =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
}
