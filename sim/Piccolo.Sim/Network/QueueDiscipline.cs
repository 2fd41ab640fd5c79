using Piccolo.Ndn;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Network;

/// <summary>Decides what a link's queue drops; one for each direction, told of every frame in the order of arrival.</summary>
/// <remarks>Knows no time but what it is told. The link holds the frames; a discipline holds only what it decides by.</remarks>
public abstract class QueueDiscipline
{
    /// <summary>Whether <see cref="OnDeparture"/> may drop; the link then needs an event for each departure.</summary>
    public virtual bool DecidesAtDeparture => false;

    /// <summary>Makes the discipline of a direction.</summary>
    /// <param name="settings">The queue.</param>
    /// <param name="rateBps">The link's rate, for disciplines that count in packet times; 0 means without limit.</param>
    public static QueueDiscipline Create(QueueSettings settings, long rateBps)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfNegative(rateBps);
        settings.Validate("");
        return settings.Kind switch
        {
            QueueKind.Red => new RedQueue(settings, rateBps),
            QueueKind.CoDel => new CoDelQueue(settings),
            _ => new DropTailQueue(settings),
        };
    }

    /// <summary>Whether a frame may wait.</summary>
    /// <param name="nowNs">The time.</param>
    /// <param name="queuedPackets">Frames that wait already, the one being sent not counted.</param>
    /// <param name="queuedOctets">Their octets.</param>
    /// <param name="octets">Octets of the frame.</param>
    /// <param name="random">The direction's randomness.</param>
    public abstract QueueVerdict OnArrival(long nowNs, int queuedPackets, long queuedOctets, int octets, IRandomSource random);

    /// <summary>Whether a frame that reached the head of the queue is sent.</summary>
    /// <remarks>After a drop the link asks at once, at the same time, about the next frame, until one is sent or none waits.</remarks>
    /// <param name="nowNs">The time.</param>
    /// <param name="sojournNs">How long it waited.</param>
    /// <param name="queuedPackets">Frames that wait behind it.</param>
    /// <param name="queuedOctets">Their octets.</param>
    public virtual QueueVerdict OnDeparture(long nowNs, long sojournNs, int queuedPackets, long queuedOctets) => QueueVerdict.Forward;

    /// <summary>Forgets what it saw: a cut or a crash emptied the queue.</summary>
    public virtual void Reset()
    {
    }
}
