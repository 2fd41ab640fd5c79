namespace Piccolo.Forwarder.Management;

/// <summary>How a command is signed.</summary>
public enum CommandSignatureForm
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>As an Interest of packet format 0.3, in its signature elements.</summary>
    SignedInterest = 1,

    /// <summary>In the last two components of the name, as before packet format 0.3.</summary>
    NameComponents = 2,
}
