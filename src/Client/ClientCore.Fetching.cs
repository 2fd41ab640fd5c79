using Piccolo.Client.Fetching;
using Piccolo.Ndn;

namespace Piccolo.Client;

/// <content>Segment fetchers that send through this core.</content>
public sealed partial class ClientCore
{
    private readonly List<AttachedFetcher> _fetchers = [];

    /// <summary>Fetchers that are attached and not finished.</summary>
    public int FetcherCount => _fetchers.Count;

    /// <summary>
    /// Lets a fetcher send and receive through this core until it is finished; its time is kept here too. Its segments and
    /// events are taken from the fetcher itself, after each input of the core.
    /// </summary>
    public void Attach(SegmentFetcher fetcher, Instant now)
    {
        ArgumentNullException.ThrowIfNull(fetcher);
        _fetchers.Add(new AttachedFetcher(fetcher));
        Pump(now);
    }

    /// <summary>
    /// Sends what attached fetchers want to send. To be called after something was done with a fetcher itself: segments
    /// taken, a verification handed in, a cancellation.
    /// </summary>
    public void Pump(Instant now)
    {
        for (int i = _fetchers.Count - 1; i >= 0; i--)
        {
            AttachedFetcher attached = _fetchers[i];
            while (_pending.Count < _options.PendingMax && attached.Fetcher.TryTakeRequest(now, out SegmentRequest request))
            {
                Express(attached, request, now);
            }

            if (attached.Fetcher.IsFinished)
            {
                _fetchers.RemoveAt(i);
                foreach (ulong id in attached.Requests.Values)
                {
                    Cancel(id);
                }
            }
        }
    }

    private void Express(AttachedFetcher attached, in SegmentRequest request, Instant now)
    {
        if (attached.Requests.Remove(request.RequestId, out ulong earlier))
        {
            Cancel(earlier);
        }

        ulong id = Express(request.ToInterest(), ExpressPolicy.Once, attached, request.RequestId, now);
        if (id != 0)
        {
            attached.Requests.Add(request.RequestId, id);
        }
    }

    private Instant NextFetcherTimeout()
    {
        Instant next = Instant.Never;
        foreach (AttachedFetcher attached in _fetchers)
        {
            next = Instant.Min(next, attached.Fetcher.NextTimeout);
        }

        return next;
    }

    private void HandleFetcherTimeouts(Instant now)
    {
        foreach (AttachedFetcher attached in _fetchers)
        {
            attached.Fetcher.HandleTimeout(now);
        }

        Pump(now);
    }
}
