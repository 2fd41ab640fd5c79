using Piccolo.Ndn.Link;

namespace Piccolo.Drivers;

/// <summary>A link whose persistency can be changed while it lives.</summary>
/// <remarks>
/// <see cref="LinkCapabilities.Persistency"/> stays what it was when the link was made.
/// Source: NFD management, faces/update; UDP and TCP allow it, Unix sockets do not.
/// </remarks>
public interface IPersistencyControl
{
    /// <summary>When the link ends by itself, as things stand.</summary>
    FacePersistency Persistency { get; }

    /// <summary>Changes when the link ends by itself.</summary>
    /// <returns>False when this link cannot be of that persistency; nothing changed then.</returns>
    bool TrySetPersistency(FacePersistency persistency);
}
