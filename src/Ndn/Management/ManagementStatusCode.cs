namespace Piccolo.Ndn.Management;

/// <summary>Status codes of control responses that have a fixed meaning.</summary>
/// <remarks>Source: NFD management protocol, "ControlCommand"; 501 as ndnd uses it.</remarks>
public static class ManagementStatusCode
{
    /// <summary>The command was carried out.</summary>
    public const int Ok = 200;

    /// <summary>The parameters are malformed, incomplete, or not allowed for this command.</summary>
    public const int BadParameters = 400;

    /// <summary>The command's signer may not do this.</summary>
    public const int Unauthorized = 403;

    /// <summary>What the command names (a face, a strategy) does not exist.</summary>
    public const int NotFound = 404;

    /// <summary>The node cannot do this for such a face: scheme, scope, persistency or MTU.</summary>
    public const int Unsupported = 406;

    /// <summary>It exists already, or a property does not suit it; the body tells which.</summary>
    public const int Conflict = 409;

    /// <summary>The next hop's face does not exist.</summary>
    public const int FaceGone = 410;

    /// <summary>The prefix has more components than the tables take.</summary>
    public const int NameTooLong = 414;

    /// <summary>The node failed or has no room left.</summary>
    public const int InternalError = 500;

    /// <summary>No such module or verb.</summary>
    public const int NotImplemented = 501;

    /// <summary>The peer could not be connected to, or not in time.</summary>
    public const int ConnectionFailed = 504;

    /// <summary>Clients treat codes from here on as failures.</summary>
    public const int FirstFailure = 400;
}
