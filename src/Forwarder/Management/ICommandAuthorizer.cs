using Piccolo.Ndn;

namespace Piccolo.Forwarder.Management;

/// <summary>Decides who may control the forwarder.</summary>
/// <remarks>Called on the forwarder's thread for each command, before its parameters are looked at.</remarks>
public interface ICommandAuthorizer
{
    /// <summary>Decides on one command.</summary>
    CommandDecision Authorize(in CommandRequest request, Instant now);
}
