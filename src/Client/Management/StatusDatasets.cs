using Piccolo.Client.Fetching;
using Piccolo.Ndn;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Client.Management;

/// <summary>Names of a forwarder's status datasets, how to fetch them, and how to read them.</summary>
/// <remarks>
/// Elements may cross segment borders, so a dataset is read when all its segments are joined.
/// Source: NFD management protocol, "Status Dataset".
/// </remarks>
public static class StatusDatasets
{
    /// <summary>How a forwarder is at a glance: <see cref="ForwarderStatus"/>, read by <see cref="TryReadStatus"/>.</summary>
    public static Name General(Name prefix) => Under(prefix, "status", "general");

    /// <summary>All faces: <see cref="FaceStatus"/>.</summary>
    public static Name Faces(Name prefix) => Under(prefix, "faces", "list");

    /// <summary>Some faces: <see cref="FaceStatus"/>.</summary>
    public static Name Faces(Name prefix, FaceQueryFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Under(prefix, "faces", "query").Append(NameComponent.Generic(filter.Encode()));
    }

    /// <summary>Where the forwarder listens: <see cref="ChannelStatus"/>.</summary>
    public static Name Channels(Name prefix) => Under(prefix, "faces", "channels");

    /// <summary>The FIB: <see cref="FibEntryRecord"/>.</summary>
    public static Name Fib(Name prefix) => Under(prefix, "fib", "list");

    /// <summary>The RIB: <see cref="RibEntryRecord"/>.</summary>
    public static Name Rib(Name prefix) => Under(prefix, "rib", "list");

    /// <summary>The content store: one <see cref="CsInfo"/>.</summary>
    public static Name Store(Name prefix) => Under(prefix, "cs", "info");

    /// <summary>Strategies by prefix: <see cref="StrategyChoiceRecord"/>.</summary>
    public static Name Strategies(Name prefix) => Under(prefix, "strategy-choice", "list");

    /// <summary>Begins to fetch a dataset: its version by discovery, then its segments.</summary>
    /// <param name="dataset">From a member of this class.</param>
    /// <param name="random">Spreads waits.</param>
    /// <param name="now">The time.</param>
    public static SegmentFetcher Fetch(Name dataset, IRandomSource random, Instant now)
    {
        var options = new FetchOptions
        {
            Discovery = FetchDiscovery.FirstData,
            RetransmissionsMax = 5,
            StallTimeout = TimeSpan.FromSeconds(10),
            OctetsMax = 64UL << 20,
        };
        return new SegmentFetcher(dataset, options, random, now);
    }

    /// <summary>Reads the joined payload of a dataset of elements.</summary>
    /// <returns>Ok, or what is wrong with the first bad element.</returns>
    public static TlvStatus TryRead<TElement>(ReadOnlySpan<byte> content, out IReadOnlyList<TElement> elements)
        where TElement : class, IDatasetElement<TElement> => Dataset.TryDecode(content, out elements);

    /// <summary>Reads the joined payload of <see cref="General"/>, whose fields have no element around them.</summary>
    /// <returns>Ok, or what is wrong or missing.</returns>
    public static TlvStatus TryReadStatus(ReadOnlySpan<byte> content, out ForwarderStatus? status) =>
        ForwarderStatus.TryDecode(content, out status);

    /// <summary>Reads the ControlResponse by which a forwarder refuses a dataset; null when the error is another one.</summary>
    public static CommandResult? Refusal(FetchError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (error.Failure == FetchFailure.RefusedByProducer && error.Data is { } data)
        {
            _ = CommandResult.TryParse(data, out CommandResult? result);
            return result;
        }

        return null;
    }

    private static Name Under(Name prefix, string module, string dataset)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return prefix.Append(module).Append(dataset);
    }
}
