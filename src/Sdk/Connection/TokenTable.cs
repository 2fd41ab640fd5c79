using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Sdk.Connection;

/// <summary>PIT tokens of received Interests, to be returned on the Data that answers them.</summary>
/// <remarks>
/// Bound: <see cref="CountMax"/> Interests; the oldest is forgotten first, and its Data goes without a token, which every
/// forwarder must accept.
/// </remarks>
internal sealed class TokenTable
{
    private const int CountMax = 4096;

    private readonly Dictionary<Name, (PitToken Token, Instant Until)> _tokens = [];
    private readonly Queue<Name> _order = new();

    /// <summary>Remembers the token of an Interest, if it has one.</summary>
    public void Remember(in LpHeaders headers, ReadOnlySpan<byte> interest, Instant now)
    {
        if (headers.PitToken.Length == 0 || InterestView.TryDecode(interest, out InterestView view) != TlvStatus.Ok)
        {
            return;
        }

        Name name = view.Name.ToName();
        if (_tokens.Count >= CountMax && _order.TryDequeue(out Name? oldest))
        {
            _tokens.Remove(oldest);
        }

        ulong lifetimeMs = Math.Min(view.LifetimeMs, 3_600_000);
        if (!_tokens.ContainsKey(name))
        {
            _order.Enqueue(name);
        }

        _tokens[name] = (headers.PitToken, now + TimeSpan.FromMilliseconds(lifetimeMs));
    }

    /// <summary>Takes the token for a packet that is about to be sent; none for Interests and for Data nobody gave one for.</summary>
    public PitToken Take(ReadOnlySpan<byte> packet, Instant now)
    {
        if (_tokens.Count == 0 || DataView.TryDecode(packet, out DataView data) != TlvStatus.Ok)
        {
            return default;
        }

        Name name = data.Name.ToName();
        for (int count = name.Count; count >= 0; count--)
        {
            if (_tokens.Remove(name.Prefix(count), out (PitToken Token, Instant Until) found) && found.Until >= now)
            {
                return found.Token;
            }
        }

        return default;
    }
}
