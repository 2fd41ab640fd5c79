using Piccolo.Ndn.Security;

namespace Piccolo.Forwarder.Management;

/// <summary>What an authorizer needs to know of a command.</summary>
/// <remarks>Valid only during the call that hands it over.</remarks>
public readonly ref struct CommandRequest
{
    /// <summary>The module, such as <c>rib</c>.</summary>
    public required string Module { get; init; }

    /// <summary>The verb, such as <c>register</c>.</summary>
    public required string Verb { get; init; }

    /// <summary>The face that the command came from.</summary>
    public required FaceId Ingress { get; init; }

    /// <summary>Whether it came under <c>/localhop</c>, that is, possibly from a neighbour.</summary>
    public required bool IsLocalhop { get; init; }

    /// <summary>How it is signed.</summary>
    public required CommandSignatureForm SignatureForm { get; init; }

    /// <summary>The signature's info; null when the command is not signed.</summary>
    public required SignatureInfo? SignatureInfo { get; init; }

    /// <summary>The whole Interest, for an authorizer that verifies the signature.</summary>
    public required ReadOnlySpan<byte> Interest { get; init; }
}
