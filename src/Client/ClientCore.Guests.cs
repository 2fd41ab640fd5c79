using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Packets;

namespace Piccolo.Client;

/// <content>Other protocols on the same link.</content>
public sealed partial class ClientCore
{
    /// <summary>Offers each packet to a guest before the core looks at it itself; guests are asked in the order they came.</summary>
    public void AddGuest(IClientGuest guest)
    {
        ArgumentNullException.ThrowIfNull(guest);
        _guests.Add(guest);
    }

    /// <summary>Sends a guest's Interest as it is; its answer is offered to the guests.</summary>
    /// <param name="packet">A whole Interest with a nonce; copied.</param>
    /// <param name="now">The time.</param>
    public void SendInterest(ReadOnlySpan<byte> packet, Instant now) =>
        _link.Send(default, packet, _sendQueueOctets, now);

    /// <summary>Offers an Interest to the guests; one that is claimed waits for <see cref="Put"/> without an event.</summary>
    private bool OfferInterest(in LpHeaders headers, ReadOnlySpan<byte> packet, in InterestView view, Instant now)
    {
        foreach (IClientGuest guest in _guests)
        {
            if (!guest.HandleInterest(headers, packet, now))
            {
                continue;
            }

            if (_incoming.Count >= _options.IncomingMax)
            {
                _counters.IncomingFull++;
                return true;
            }

            _counters.InterestsReceived++;
            AddIncoming(headers, packet, view, now);
            return true;
        }

        return false;
    }

    private bool OfferData(in LpHeaders headers, ReadOnlySpan<byte> packet, Instant now)
    {
        foreach (IClientGuest guest in _guests)
        {
            if (guest.HandleData(headers, packet, now))
            {
                return true;
            }
        }

        return false;
    }

    private bool OfferNack(in LpHeaders headers, ReadOnlySpan<byte> interest, Instant now)
    {
        foreach (IClientGuest guest in _guests)
        {
            if (guest.HandleNack(headers, interest, now))
            {
                return true;
            }
        }

        return false;
    }

    private IncomingInterest AddIncoming(in LpHeaders headers, ReadOnlySpan<byte> packet, in InterestView view, Instant now)
    {
        ulong lifetimeMs = Math.Min(view.LifetimeMs, (ulong)_options.IncomingLifetimeMax.TotalMilliseconds);
        var incoming = new IncomingInterest
        {
            Id = ++_lastId,
            Name = view.Name.ToName(),
            CanBePrefix = view.CanBePrefix,
            MustBeFresh = view.MustBeFresh,
            Token = headers.PitToken,
            Wire = packet.ToArray(),
        };
        _incoming.Add(incoming);
        _incomingDeadlines.Set(incoming, now + TimeSpan.FromMilliseconds((double)lifetimeMs));
        return incoming;
    }
}
