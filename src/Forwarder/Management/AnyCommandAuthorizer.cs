using Piccolo.Ndn;

namespace Piccolo.Forwarder.Management;

/// <summary>Trusts every application of this host, as NFD does as shipped.</summary>
/// <remarks>
/// Commands need not be signed, except those of the <c>rib</c> module, and those that come under <c>/localhop</c>;
/// signatures, times and nonces are not checked.
/// Source: NFD's sample configuration, <c>certfile any</c> and trust-anchor type <c>any</c>.
/// </remarks>
public sealed class AnyCommandAuthorizer : ICommandAuthorizer
{
    /// <summary>The one instance; it has no state.</summary>
    public static AnyCommandAuthorizer Instance { get; } = new();

    /// <inheritdoc/>
    public CommandDecision Authorize(in CommandRequest request, Instant now)
    {
        bool needsSignature = request.IsLocalhop || request.Module == ManagementNames.Rib;
        return needsSignature && request.SignatureForm == CommandSignatureForm.None
            ? CommandDecision.Reject
            : CommandDecision.Accept;
    }
}
