using Piccolo.Ndn.Packets;

namespace Piccolo.Sdk.Trust;

/// <summary>Decides whether a packet is believed.</summary>
/// <remarks>Thread-safe. A digest says nothing about who made a packet and never counts as trusted.</remarks>
public interface IKeyTrust
{
    /// <summary>Checks the signature of a packet against the keys that are trusted.</summary>
    TrustVerdict Check(Data data);
}
