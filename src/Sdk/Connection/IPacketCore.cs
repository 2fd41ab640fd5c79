using Piccolo.Ndn;
using Piccolo.Ndn.Link;

namespace Piccolo.Sdk.Connection;

/// <summary>A protocol core as the loop of a connection sees it: packets in, packets out, time.</summary>
internal interface IPacketCore
{
    /// <summary>When the core wants <see cref="HandleTimeout"/>.</summary>
    Instant NextTimeout { get; }

    /// <summary>Offers an Interest; false when it is none of the core's.</summary>
    bool HandleInterest(in LpHeaders headers, ReadOnlySpan<byte> packet, Instant now);

    /// <summary>Offers a Data; false when the core does not wait for it.</summary>
    bool HandleData(in LpHeaders headers, ReadOnlySpan<byte> packet, Instant now);

    /// <summary>Offers a Nack; false when the Interest was not the core's.</summary>
    bool HandleNack(in LpHeaders headers, ReadOnlySpan<byte> interest, Instant now);

    /// <summary>Lets time pass.</summary>
    void HandleTimeout(Instant now);

    /// <summary>Takes the next packet to send.</summary>
    bool TryTakeTransmit(out ReadOnlyMemory<byte> packet);

    /// <summary>Looks at the core's events; what completes somebody's wait goes into <paramref name="afterwards"/>.</summary>
    void HandleEvents(List<Action> afterwards, Instant now);

    /// <summary>The connection ended: every wait must fail.</summary>
    void HandleClosed(List<Action> afterwards, string reason);
}
