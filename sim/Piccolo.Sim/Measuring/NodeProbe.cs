using Piccolo.Forwarder;

namespace Piccolo.Sim.Measuring;

/// <summary>What tracers see of a node.</summary>
internal abstract class NodeProbe
{
    public abstract int Index { get; }

    public abstract string Name { get; }

    /// <summary>Its forwarder: another one after a restart without state, none while it is down.</summary>
    public abstract ForwarderCore? Forwarder { get; }

    /// <summary>Frames that its processor had no room for.</summary>
    public virtual long ProcessorDrops => 0;

    /// <summary>Frames that waited for its processor when it crashed.</summary>
    public virtual long ProcessorLosses => 0;

    /// <summary>What a face leads to, as ndnSIM writes it: a URI with a scheme.</summary>
    public abstract string DescribeFace(FaceId face);
}
