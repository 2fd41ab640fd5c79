using Piccolo.Ndn;
using Piccolo.Ndn.Link;

namespace Piccolo.Client;

/// <summary>
/// A protocol core that shares a <see cref="ClientCore"/>'s link and keeps its own retransmissions, such as remote invocation.
/// </summary>
/// <remarks>The spans are valid only during the call. A guest must not call the core that calls it.</remarks>
public interface IClientGuest
{
    /// <summary>Offers an Interest; what the guest claims it answers later through <see cref="ClientCore.Put"/>.</summary>
    /// <returns>Whether the guest takes it.</returns>
    bool HandleInterest(in LpHeaders headers, ReadOnlySpan<byte> packet, Instant now);

    /// <summary>Offers a Data.</summary>
    /// <returns>Whether the guest waited for it.</returns>
    bool HandleData(in LpHeaders headers, ReadOnlySpan<byte> packet, Instant now);

    /// <summary>Offers a refused Interest; the reason is in the headers.</summary>
    /// <returns>Whether the Interest was the guest's.</returns>
    bool HandleNack(in LpHeaders headers, ReadOnlySpan<byte> interest, Instant now);
}
