namespace Piccolo.Forwarder.Management;

/// <summary>The status datasets of the protocol, and the stream of face events.</summary>
internal enum DatasetKind
{
    /// <summary>Not the name of a dataset.</summary>
    None,
    StatusGeneral,
    FacesList,
    FacesQuery,
    FacesChannels,
    FacesEvents,
    FibList,
    CsInfo,
    StrategyChoiceList,
    RibList,
}
