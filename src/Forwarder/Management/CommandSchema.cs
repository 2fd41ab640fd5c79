using Piccolo.Ndn.Management;

namespace Piccolo.Forwarder.Management;

/// <summary>One command of the protocol: its name, and the fields it must and may have. All others are refused.</summary>
/// <remarks>Source: NFD management protocol, "ControlCommand".</remarks>
internal sealed record CommandSchema(
    CommandKind Kind, string Module, string Verb, ParameterFields Required, ParameterFields Optional)
{
    private const ParameterFields FaceProperties = ParameterFields.FacePersistency
        | ParameterFields.Flags | ParameterFields.Mask
        | ParameterFields.BaseCongestionMarkingInterval | ParameterFields.DefaultCongestionThreshold
        | ParameterFields.Mtu;

    /// <summary>Every command that is known.</summary>
    public static IReadOnlyList<CommandSchema> All { get; } =
    [
        new(CommandKind.FacesCreate, ManagementNames.Faces, "create",
            ParameterFields.Uri, ParameterFields.LocalUri | FaceProperties),
        new(CommandKind.FacesUpdate, ManagementNames.Faces, "update",
            ParameterFields.None, ParameterFields.FaceId | FaceProperties),
        new(CommandKind.FacesDestroy, ManagementNames.Faces, "destroy",
            ParameterFields.FaceId, ParameterFields.None),
        new(CommandKind.FibAddNextHop, ManagementNames.Fib, "add-nexthop",
            ParameterFields.Name, ParameterFields.FaceId | ParameterFields.Cost),
        new(CommandKind.FibRemoveNextHop, ManagementNames.Fib, "remove-nexthop",
            ParameterFields.Name, ParameterFields.FaceId),
        new(CommandKind.CsConfig, ManagementNames.Cs, "config",
            ParameterFields.None, ParameterFields.Capacity | ParameterFields.Flags | ParameterFields.Mask),
        new(CommandKind.CsErase, ManagementNames.Cs, "erase",
            ParameterFields.Name, ParameterFields.Count),
        new(CommandKind.StrategyChoiceSet, ManagementNames.StrategyChoice, "set",
            ParameterFields.Name | ParameterFields.Strategy, ParameterFields.None),
        new(CommandKind.StrategyChoiceUnset, ManagementNames.StrategyChoice, "unset",
            ParameterFields.Name, ParameterFields.None),
        new(CommandKind.RibRegister, ManagementNames.Rib, "register",
            ParameterFields.Name,
            ParameterFields.FaceId | ParameterFields.Origin | ParameterFields.Cost | ParameterFields.Flags
                | ParameterFields.ExpirationPeriod),
        new(CommandKind.RibUnregister, ManagementNames.Rib, "unregister",
            ParameterFields.Name, ParameterFields.FaceId | ParameterFields.Origin),
        new(CommandKind.RibAnnounce, ManagementNames.Rib, "announce",
            ParameterFields.None, ParameterFields.None),
    ];

    /// <summary>Whether the command takes exactly such parameters.</summary>
    public bool Accepts(ControlParameters parameters)
    {
        ParameterFields present = FieldsOf(parameters);
        bool hasFlags = (present & ParameterFields.Flags) != 0;
        bool hasMask = (present & ParameterFields.Mask) != 0;
        bool takesMask = (Optional & ParameterFields.Mask) != 0;
        return (present & Required) == Required
            && (present & ~(Required | Optional)) == ParameterFields.None
            && (!takesMask || hasFlags == hasMask);
    }

    private static ParameterFields FieldsOf(ControlParameters parameters) =>
        If(parameters.Name is not null, ParameterFields.Name)
        | If(parameters.FaceId is not null, ParameterFields.FaceId)
        | If(parameters.Uri is not null, ParameterFields.Uri)
        | If(parameters.LocalUri is not null, ParameterFields.LocalUri)
        | If(parameters.Origin is not null, ParameterFields.Origin)
        | If(parameters.Cost is not null, ParameterFields.Cost)
        | If(parameters.Capacity is not null, ParameterFields.Capacity)
        | If(parameters.Count is not null, ParameterFields.Count)
        | If(parameters.Flags is not null, ParameterFields.Flags)
        | If(parameters.Mask is not null, ParameterFields.Mask)
        | If(parameters.Strategy is not null, ParameterFields.Strategy)
        | If(parameters.ExpirationPeriodMs is not null, ParameterFields.ExpirationPeriod)
        | If(parameters.FacePersistency is not null, ParameterFields.FacePersistency)
        | If(parameters.BaseCongestionMarkingIntervalNs is not null, ParameterFields.BaseCongestionMarkingInterval)
        | If(parameters.DefaultCongestionThreshold is not null, ParameterFields.DefaultCongestionThreshold)
        | If(parameters.Mtu is not null, ParameterFields.Mtu);

    private static ParameterFields If(bool isPresent, ParameterFields field) =>
        isPresent ? field : ParameterFields.None;
}
