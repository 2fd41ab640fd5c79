using Piccolo.Cli.Nodes;
using Piccolo.Ndn.Security;
using Piccolo.Sdk;
using Piccolo.Sdk.Trust;
using Piccolo.Storage;

namespace Piccolo.Cli.Invoke;

/// <summary>Whose results a call believes: keys given on the command line, and the local node's, trusted on first use.</summary>
internal static class TrustedKeys
{
    /// <summary>Gathers the keys.</summary>
    /// <exception cref="StorageException">A file is no certificate or secret, or the local node shows another key than before.</exception>
    public static async Task<PinnedKeys> LoadAsync(
        NodeSession session, IReadOnlyList<string> certificates, string? secretFile, CancellationToken cancellation)
    {
        var keys = new PinnedKeys();
        foreach (string path in certificates)
        {
            Certificate certificate = CertificateFile.Read(path);
            if (!certificate.IsValidAt(TimeProvider.System.GetUtcNow()))
            {
                throw new StorageException(path, $"the certificate is valid {certificate.Validity}, and that is not now");
            }

            keys.Add(certificate);
        }

        NodeInfo? node = null;
        if (session.IsLocal)
        {
            node = await session.Client.TryGetNodeInfoAsync(cancellation).ConfigureAwait(false);
        }

        if (node is not null)
        {
            new KnownNodes(ClientConfiguration.StateFolder()).Check(session.Uri, node.Certificate);
            keys.Add(node.Certificate);
        }

        if (secretFile is not null)
        {
            Certificate signer = node?.Certificate ?? throw new CliException(
                $"--hmac-key works with a Piccolo node on this host, and {session.Uri} is none: use --trust with its certificate");
            keys.Add(signer.KeyName.Append("hmac"), new HmacVerifier(NodeIdentity.ReadSecret(secretFile)));
        }

        return keys;
    }
}
