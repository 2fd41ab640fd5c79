using Piccolo.Client;
using Piccolo.Ndn;

namespace Piccolo.Sdk.Connection;

/// <summary>A protocol core that shares a connection, as the loop sees it: packets in, packets out, time.</summary>
internal interface IPacketCore : IClientGuest
{
    /// <summary>When the core wants <see cref="HandleTimeout"/>.</summary>
    Instant NextTimeout { get; }

    /// <summary>Lets time pass.</summary>
    void HandleTimeout(Instant now);

    /// <summary>Learns what the wall clock says; asked for at most once a second, before other inputs.</summary>
    void HandleWallClock(ulong unixMs, Instant now);

    /// <summary>Takes the next packet to send, an Interest or a Data.</summary>
    bool TryTakeTransmit(out ReadOnlyMemory<byte> packet);

    /// <summary>Looks at the core's events; what completes somebody's wait goes into <paramref name="afterwards"/>.</summary>
    void HandleEvents(List<Action> afterwards, Instant now);

    /// <summary>The connection ended: every wait must fail.</summary>
    void HandleClosed(List<Action> afterwards, string reason);
}
