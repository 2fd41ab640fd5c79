namespace Piccolo.Forwarder.Management;

/// <summary>Whether a command may be carried out.</summary>
public enum CommandDecision
{
    /// <summary>Carry it out.</summary>
    Accept = 0,

    /// <summary>Answer 403.</summary>
    Reject = 1,

    /// <summary>Answer nothing: the signature is no signature.</summary>
    Ignore = 2,
}
