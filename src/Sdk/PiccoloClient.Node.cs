using System.Text.Json;
using Piccolo.Client.Fetching;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;
using Piccolo.Rice.Messages;

namespace Piccolo.Sdk;

/// <content>What only the local node can answer.</content>
public sealed partial class PiccoloClient
{
    /// <summary>Where a node publishes its certificate for callers on its host.</summary>
    public static Name NodeCertificateName { get; } = Name.Parse("/localhost/piccolo/node/certificate");

    /// <summary>Where a node publishes the list of the functions that it runs.</summary>
    public static Name FunctionListName { get; } = Name.Parse("/localhost/piccolo/functions/list");

    /// <summary>Where a node publishes its counters for callers on its host.</summary>
    public static Name NodeCountersName { get; } = Name.Parse("/localhost/piccolo/node/counters");

    /// <summary>Every counter of the local node that is not zero, by name: what was dropped and why, above all.</summary>
    public async Task<IReadOnlyDictionary<string, long>> GetCountersAsync(CancellationToken cancellation = default)
    {
        var interest = new Interest { Name = NodeCountersName, MustBeFresh = true, LifetimeMs = 2000 };
        DataAnswer answer = await ExpressAsync(interest, ExpressOptions.Once, cancellation);
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, long>>(answer.Data.Content.Span) ?? [];
        }
        catch (JsonException)
        {
            throw new PiccoloException(PiccoloErrorKind.BadAnswer, $"{answer.Data.Name} cannot be read");
        }
    }

    /// <summary>Who the local node is.</summary>
    /// <exception cref="PiccoloException">The node does not say: it is not on this host, or not a Piccolo node.</exception>
    public async Task<NodeInfo> GetNodeInfoAsync(CancellationToken cancellation = default) =>
        await TryGetNodeInfoAsync(cancellation)
        ?? throw new PiccoloException(
            PiccoloErrorKind.NoRoute,
            "the node does not tell its name (it is another forwarder, or not on this host): name a prefix that is routed to it");

    /// <summary>Who the local node is, or null when it does not say.</summary>
    public async Task<NodeInfo?> TryGetNodeInfoAsync(CancellationToken cancellation = default)
    {
        var interest = new Interest { Name = NodeCertificateName, CanBePrefix = true, MustBeFresh = true, LifetimeMs = 2000 };
        Data outer;
        try
        {
            outer = (await ExpressAsync(interest, ExpressOptions.Once, cancellation)).Data;
        }
        catch (PiccoloException error) when (error.Kind is PiccoloErrorKind.NoRoute or PiccoloErrorKind.Timeout)
        {
            return null;
        }

        if (Data.TryDecode(outer.Content.Span, out Data? data) != TlvStatus.Ok
            || Certificate.TryCreate(data!, out Certificate? certificate) != CertificateStatus.Ok)
        {
            throw new PiccoloException(PiccoloErrorKind.BadAnswer, $"{outer.Name} does not hold a certificate");
        }

        return new NodeInfo(certificate!.Identity, certificate);
    }

    /// <summary>The functions that the local node itself runs.</summary>
    public async Task<IReadOnlyList<FunctionDescriptor>> ListFunctionsAsync(CancellationToken cancellation = default)
    {
        FetchedObject fetched;
        try
        {
            fetched = await FetchAsync(
                FunctionListName, new FetchOptions { Discovery = FetchDiscovery.Metadata }, null, cancellation);
        }
        catch (PiccoloException error) when (error.Kind == PiccoloErrorKind.NoRoute)
        {
            throw new PiccoloException(PiccoloErrorKind.NoRoute, "the node does not list functions: it is not a Piccolo node");
        }

        return FunctionList.TryDecode(fetched.Content, out IReadOnlyList<FunctionDescriptor> functions)
            ? functions
            : throw new PiccoloException(PiccoloErrorKind.BadAnswer, $"{fetched.Name} cannot be read");
    }
}
