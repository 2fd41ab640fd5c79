using Piccolo.Ndn;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Management;

/// <summary>One command on its way through its module.</summary>
/// <param name="InterestName">Name that the answer must have.</param>
/// <param name="Parameters">Its parameters, checked against the command's schema.</param>
/// <param name="Ingress">The face that it came from.</param>
/// <param name="Now">When it came.</param>
internal readonly record struct CommandContext(
    Name InterestName, ControlParameters Parameters, FaceId Ingress, Instant Now)
{
    /// <summary>The face that the command is about: the one it came from when it names none, or face 0.</summary>
    public FaceId TargetFace => Parameters.FaceId is ulong number and not 0 ? new FaceId(number) : Ingress;
}
