namespace Piccolo.Forwarder.Management;

/// <summary>The commands of the protocol.</summary>
internal enum CommandKind
{
    FacesCreate,
    FacesUpdate,
    FacesDestroy,
    FibAddNextHop,
    FibRemoveNextHop,
    CsConfig,
    CsErase,
    StrategyChoiceSet,
    StrategyChoiceUnset,
    RibRegister,
    RibUnregister,
    RibAnnounce,
}
