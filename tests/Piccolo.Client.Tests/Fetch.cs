using Piccolo.Client.Fetching;
using Piccolo.Client.Objects;
using Piccolo.Ndn;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Security;

namespace Piccolo.Client.Tests;

/// <summary>A fetch over a wire, with what came of it.</summary>
internal sealed class Fetch
{
    private readonly MemoryStream _content = new();
    private readonly List<FetchEvent> _events = [];

    public Fetch(TwoEndedWire wire, Name name, FetchOptions options)
        : this(wire, new SegmentFetcher(name, options, new XoshiroRandomSource(99), wire.Now))
    {
    }

    public Fetch(TwoEndedWire wire, SegmentFetcher fetcher)
    {
        Wire = wire;
        Fetcher = fetcher;
        wire.Consumer.Attach(Fetcher, wire.Now);
    }

    public TwoEndedWire Wire { get; }

    public SegmentFetcher Fetcher { get; }

    public IReadOnlyList<FetchEvent> Events => _events;

    public byte[] Content => _content.ToArray();

    public Func<FetchEvent, bool> IsGenuine { get; set; } = _ => true;

    public int OutstandingMax { get; private set; }

    public int HeldMax { get; private set; }

    /// <summary>Whether the window was respected at every step.</summary>
    public bool StayedInWindow { get; private set; } = true;

    public void Run(TimeSpan limit) => Wire.Run(Step, limit);

    private bool Step()
    {
        OutstandingMax = Math.Max(OutstandingMax, Fetcher.Outstanding);
        HeldMax = Math.Max(HeldMax, Fetcher.HeldSegments);
        while (Fetcher.TryTakeSegment(out FetchedSegment segment))
        {
            _content.Write(segment.Data.Content.Span);
        }

        while (Fetcher.TryTakeEvent(out FetchEvent fetchEvent))
        {
            _events.Add(fetchEvent);
            if (fetchEvent.Kind == FetchEventKind.VerifyNeeded)
            {
                Fetcher.HandleVerified(fetchEvent.VerificationId, IsGenuine(fetchEvent), Wire.Now);
            }
        }

        int before = Fetcher.Outstanding;
        Wire.Consumer.Pump(Wire.Now);
        StayedInWindow &= Fetcher.Outstanding <= Math.Max(before, Fetcher.WindowSegments);
        while (Fetcher.TryTakeSegment(out FetchedSegment segment))
        {
            _content.Write(segment.Data.Content.Span);
        }

        Wire.Drain();
        return Fetcher.IsFinished && !Pending();
    }

    private bool Pending()
    {
        while (Fetcher.TryTakeEvent(out FetchEvent fetchEvent))
        {
            _events.Add(fetchEvent);
        }

        return false;
    }

    public static byte[] MakeContent(int octets, ulong seed)
    {
        byte[] content = new byte[octets];
        ((IRandomSource)new XoshiroRandomSource(seed)).Fill(content);
        return content;
    }

    public static PublishOptions Plain { get; } = new() { Signer = DigestSha256Signer.Instance };
}
