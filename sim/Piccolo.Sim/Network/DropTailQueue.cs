using Piccolo.Ndn;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Network;

/// <summary>Drops what arrives when the queue is full.</summary>
internal sealed class DropTailQueue(QueueSettings settings) : QueueDiscipline
{
    private readonly int _packetsMax = settings.CapacityPackets;
    private readonly long _octetsMax = settings.CapacityOctets == 0 ? long.MaxValue : settings.CapacityOctets;

    /// <inheritdoc/>
    public override QueueVerdict OnArrival(long nowNs, int queuedPackets, long queuedOctets, int octets, IRandomSource random) =>
        queuedPackets >= _packetsMax || queuedOctets + octets > _octetsMax ? QueueVerdict.Drop : QueueVerdict.Forward;
}
