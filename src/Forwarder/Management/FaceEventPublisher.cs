using Piccolo.Ndn;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Forwarder.Management;

/// <summary>The stream <c>/localhost/nfd/faces/events</c>: one numbered Data for each face that comes or goes.</summary>
/// <remarks>
/// Who asks for the next number waits in the PIT and gets it when it happens; who asks for the latest gets it if it is
/// fresh, else waits likewise. Past events stay available while they are in the history.
/// Bound: <see cref="ManagementOptions.EventHistoryCount"/> events.
/// </remarks>
internal sealed class FaceEventPublisher
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(ManagementData.FreshnessMs);

    private readonly ISigner _signer;
    private readonly (byte[] Packet, Instant MadeAt)[] _history;
    private ulong _nextNumber;
    private Instant _awaitedUntil = new(long.MinValue);

    public FaceEventPublisher(ManagementOptions options, ISigner signer)
    {
        _signer = signer;
        _history = new (byte[] Packet, Instant MadeAt)[Math.Max(1, options.EventHistoryCount)];
    }

    /// <summary>The number that the next event will have.</summary>
    public ulong NextNumber => _nextNumber;

    /// <summary>Adds an event to the stream.</summary>
    /// <returns>Its Data when somebody may be waiting for it, else null.</returns>
    public byte[]? Publish(FaceEventNotification notification, Instant now)
    {
        Name name = ManagementNames.FaceEvents.Append(NameComponent.SequenceNumber(_nextNumber));
        byte[] packet = ManagementData.Make(name, notification.Encode(), _signer);
        _history[_nextNumber % (ulong)_history.Length] = (packet, now);
        _nextNumber++;
        return now <= _awaitedUntil ? packet : null;
    }

    /// <summary>Answers a request for an event, or remembers that somebody waits.</summary>
    /// <returns>The Data to answer with; null when the request waits or asks for what is gone.</returns>
    public byte[]? Find(in EventQuery query, Instant now)
    {
        Name name = query.Name;
        int extra = name.Count - ManagementNames.FaceEvents.Count;
        if (extra == 0 && query.CanBePrefix)
        {
            if (_nextNumber > 0)
            {
                (byte[] packet, Instant madeAt) = _history[(_nextNumber - 1) % (ulong)_history.Length];
                if (!query.MustBeFresh || now - madeAt <= Freshness)
                {
                    return packet;
                }
            }

            Await(query.LifetimeMs, now);
            return null;
        }

        if (extra != 1 || name[^1].Type != TlvType.SequenceNumNameComponent || !name[^1].TryGetNumber(out ulong number))
        {
            return null;
        }

        if (number >= _nextNumber)
        {
            Await(query.LifetimeMs, now);
            return null;
        }

        bool isKept = _nextNumber - number <= (ulong)_history.Length;
        return isKept ? _history[number % (ulong)_history.Length].Packet : null;
    }

    private void Await(ulong lifetimeMs, Instant now)
    {
        const ulong LongestMs = 24 * 3600 * 1000;
        Instant until = now.AddNanoseconds((long)Math.Min(lifetimeMs, LongestMs) * 1_000_000);
        _awaitedUntil = Instant.Max(_awaitedUntil, until);
    }

    /// <summary>The parts of an Interest for events that matter.</summary>
    internal readonly record struct EventQuery(Name Name, bool CanBePrefix, bool MustBeFresh, ulong LifetimeMs);
}
