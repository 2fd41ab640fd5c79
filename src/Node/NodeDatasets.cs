using System.Text.Json;
using Piccolo.Client.Objects;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Node.Engine;
using Piccolo.Sdk;
using Piccolo.Sdk.Functions;
using Piccolo.Storage;

namespace Piccolo.Node;

/// <summary>What a node tells beyond NFD's datasets: its certificate, the functions that it runs, its counters.</summary>
internal static class NodeDatasets
{
    private const int ContentOctetsMax = 8000;

    /// <summary>Publishes them for as long as the client lives.</summary>
    public static async Task ServeAsync(
        PiccoloClient client, NodeIdentity identity, FunctionHost host, ForwarderStrand strand, CancellationToken cancellation)
    {
        byte[] certificate = identity.Certificate.Data.Wire.ToArray();
        var onHost = new PublishOptions { Signer = DigestSha256Signer.Instance, FreshnessPeriodMs = 1000 };
        await client.PublishAsync(PiccoloClient.FunctionListName, FunctionList.Encode(host.Functions), onHost, cancellation)
            .ConfigureAwait(false);
        await client.ServeAsync(
            PiccoloClient.NodeCertificateName,
            (interest, _) => ValueTask.FromResult<Data?>(Data.Create(
                new DataFields { Name = interest.Name, Content = certificate, FreshnessPeriodMs = 1000 }, DigestSha256Signer.Instance)),
            cancellation).ConfigureAwait(false);

        await client.ServeAsync(
            PiccoloClient.NodeCountersName,
            async (interest, _) =>
            {
                SortedDictionary<string, long> counters = await strand.CountersAsync().ConfigureAwait(false);
                byte[] content = JsonSerializer.SerializeToUtf8Bytes(counters);
                return content.Length <= ContentOctetsMax
                    ? Data.Create(new DataFields { Name = interest.Name, Content = content }, DigestSha256Signer.Instance)
                    : null;
            },
            cancellation).ConfigureAwait(false);

        // The certificate under its own name: whoever verifies a result finds the key by the result's key locator.
        Name keyPrefix = identity.Certificate.KeyName;
        await client.ServeAsync(
            keyPrefix,
            (interest, _) => ValueTask.FromResult(
                interest.Matches(identity.Certificate.Data) ? identity.Certificate.Data : null),
            cancellation).ConfigureAwait(false);
    }
}
