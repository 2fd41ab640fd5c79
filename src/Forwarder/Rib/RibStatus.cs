namespace Piccolo.Forwarder.Rib;

/// <summary>What became of a registration.</summary>
public enum RibStatus
{
    /// <summary>A new route is in force.</summary>
    Added = 0,

    /// <summary>A route of this name, face and origin was there; it has the new cost, flags and expiry.</summary>
    Updated = 1,

    /// <summary>The prefix has more components than the tables take; nothing changed.</summary>
    NameTooLong = 2,

    /// <summary>The RIB holds as many routes as it may; nothing changed.</summary>
    RibFull = 3,

    /// <summary>The FIB had no room for the next hop; the route was taken back.</summary>
    FibFull = 4,

    /// <summary>There is no such face; nothing changed. The table itself does not know which faces exist.</summary>
    FaceNotFound = 5,
}
