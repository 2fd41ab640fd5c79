using Piccolo.Forwarder.Rib;
using Piccolo.Ndn;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Management;

/// <summary>What management does to, and asks of, the forwarder it belongs to.</summary>
/// <remarks>Every call acts at once. Lists are complete and in the order that the datasets have.</remarks>
internal interface IManagedForwarder : IFibUpdater
{
    /// <summary>FaceUris of the places where peers can reach the node.</summary>
    IReadOnlyList<string> ChannelUris { get; }

    /// <summary>State of the content store.</summary>
    CsInfo ContentStoreInfo { get; }

    bool HasFace(FaceId face);

    /// <summary>Status of one face; null when there is none.</summary>
    FaceStatus? FindFace(FaceId face, Instant now);

    /// <summary>The face whose peer has this FaceUri, and whose own end has the other if one is given.</summary>
    FaceStatus? FindFace(string remoteUri, string? localUri, Instant now);

    /// <summary>Every face, in order of its number.</summary>
    IEnumerable<FaceStatus> ListFaces(Instant now);

    /// <summary>Gives a face new properties; absent (null) ones stay.</summary>
    void UpdateFace(FaceId face, in FaceChange change);

    /// <summary>Asks the host to make a face.</summary>
    /// <returns>The number that the outcome will come back with.</returns>
    ulong RequestFaceCreation(in FaceCreationWish wish);

    /// <summary>Asks the host to end a face.</summary>
    void RequestFaceDestruction(FaceId face);

    /// <summary>Every FIB entry, in canonical order of names.</summary>
    IEnumerable<FibEntryRecord> ListFib();

    /// <summary>Chooses a strategy for a prefix.</summary>
    /// <returns>200 with the instance's full name, 404 for an unknown strategy, 409 for a bad version or parameter.</returns>
    int SetStrategy(Name prefix, Name strategy, out Name instance);

    /// <summary>Takes a choice back; harmless when there is none.</summary>
    void UnsetStrategy(Name prefix);

    /// <summary>Every choice, in canonical order of names.</summary>
    IEnumerable<StrategyChoiceRecord> ListStrategyChoices();

    /// <summary>Sets capacity and flags of the content store; absent (null) ones stay.</summary>
    void ConfigureContentStore(ulong? capacity, CsFlags? flags);

    /// <summary>Erases Data under a prefix, in canonical order.</summary>
    /// <returns>How many packets were erased.</returns>
    int EraseContent(Name prefix, int countMax, out bool hasMore);

    /// <summary>Table sizes and counters; version and times included.</summary>
    ForwarderStatus GetStatus(Instant now);
}
