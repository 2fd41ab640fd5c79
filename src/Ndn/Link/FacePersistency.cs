namespace Piccolo.Ndn.Link;

/// <summary>When a face ends by itself.</summary>
/// <remarks>Source: NFD management, FacePersistency.</remarks>
public enum FacePersistency
{
    /// <summary>Stays until it is destroyed or its socket fails.</summary>
    Persistent = 0,

    /// <summary>Made by an incoming peer; ends when that peer goes or falls silent.</summary>
    OnDemand = 1,

    /// <summary>Stays until it is destroyed; socket errors are survived.</summary>
    Permanent = 2,
}
