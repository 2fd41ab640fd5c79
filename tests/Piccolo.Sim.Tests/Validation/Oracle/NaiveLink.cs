using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Validation.Oracle;

/// <summary>One direction of a link: a list of departure times, and counters.</summary>
internal sealed class NaiveLink(NaiveNetwork network, LinkSettings settings)
{
    private readonly List<long> _departures = [];
    private int _epoch;

    public bool IsUp { get; private set; } = true;

    public long Sent { get; private set; }

    public long SentOctets { get; private set; }

    public long Delivered { get; private set; }

    public long DroppedQueue { get; private set; }

    public long DroppedDown { get; private set; }

    /// <summary>Cuts or mends it: whatever waited or was on its way is lost.</summary>
    public void SetUp(bool isUp)
    {
        IsUp = isUp;
        _epoch++;
        _departures.Clear();
    }

    public void Send(int octets, Action arrive)
    {
        Sent++;
        SentOctets += octets;
        if (!IsUp)
        {
            DroppedDown++;
            return;
        }

        long now = network.NowNs;
        _departures.RemoveAll(departure => departure <= now);
        if (_departures.Count - 1 >= settings.Queue.CapacityPackets)
        {
            DroppedQueue++;
            return;
        }

        long begins = _departures.Count == 0 ? now : _departures[^1];
        long departs = begins + (settings.RateBps == 0 ? 0 : octets * 8_000_000_000L / settings.RateBps);
        _departures.Add(departs);
        int epoch = _epoch;
        network.At(departs + settings.DelayNs, () =>
        {
            if (epoch != _epoch)
            {
                DroppedDown++;
                return;
            }

            Delivered++;
            arrive();
        });
    }
}
