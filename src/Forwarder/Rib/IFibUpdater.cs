using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Rib;

/// <summary>Where the RIB puts the next hops that it works out: the FIB.</summary>
public interface IFibUpdater
{
    /// <summary>Adds a next hop, or sets its cost.</summary>
    /// <returns>False when the FIB did not take it: it is full.</returns>
    bool SetNextHop(Name prefix, FaceId face, ulong cost);

    /// <summary>Takes a next hop away; harmless when it is gone already, as after the end of its face.</summary>
    void RemoveNextHop(Name prefix, FaceId face);
}
