using Piccolo.Client.Congestion;
using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Scenarios.Shapes;

namespace Piccolo.Sim.Scenarios.Kinds;

/// <summary>Consumers in scenarios.</summary>
internal static class ConsumerKind
{
    internal const double RateMax = 1_000_000_000;

    private static readonly string[] Drivers = ["rate", "window", "batches"];

    private static readonly ObjectShape WindowShape = new(
        "consumer-window",
        "A congestion window.",
        [
            new("algorithm", ValueShape.Choice("aimd", "cubic"), "How it grows and shrinks; cubic if absent."),
            new("initial", ValueShape.Whole(1, 1 << 20), "Interests in flight at the start; 8 if absent."),
            new("min", ValueShape.Whole(1, 1 << 20), "It never gets smaller; 2 if absent."),
            new("max", ValueShape.Whole(1, 1 << 20), "It never gets larger; 1024 if absent."),
        ]);

    private static readonly ObjectShape BatchShape = new(
        "consumer-batch",
        "Interests sent at once.",
        [
            new("at", ValueShape.Duration, "How long after the start.", IsRequired: true),
            new("count", ValueShape.Whole(1, 1_000_000), "How many.", IsRequired: true),
        ]);

    internal static readonly ObjectShape PopularityShape = new(
        "consumer-popularity",
        "Zipf-Mandelbrot: content of rank k is asked for in proportion to 1 / (k + q)^s.",
        [
            new("contents", ValueShape.Whole(1, ZipfMandelbrot.CountMax), "How many contents there are.", IsRequired: true),
            new("q", ValueShape.Number(0, 1_000_000_000), "How flat the head is; 0.7 if absent, 0 for Zipf's law."),
            new("s", ValueShape.Number(0, 64), "How fast popularity falls; 0.7 if absent."),
        ]);

    private static readonly ObjectShape TimeoutShape = new(
        "consumer-timeout",
        "How long an Interest waits for Data before it is sent again (RFC 6298).",
        [
            new("initial", ValueShape.Duration, "Before anything was measured; 1 s if absent."),
            new("min", ValueShape.Duration, "Never shorter; 200 ms if absent."),
            new("max", ValueShape.Duration, "Never longer; 60 s if absent."),
        ]);

    public static ApplicationKind Create() => new(
        "consumer",
        ApplicationKinds.Shape(
            "consumer",
            "Asks for contents PREFIX/seq=N: at a rate, in batches, or as fast as a congestion window lets it.",
            [
                new("prefix", ValueShape.Text, "What it asks for; {node} stands for the node's name.", IsRequired: true),
                new("rate", ValueShape.Number(0.000001, RateMax), "Interests a second; this, window or batches must be given."),
                new("spacing", ValueShape.Choice("constant", "uniform", "poisson"), "The gaps of a rate; constant if absent. "
                    + "uniform draws each from 0 to twice the mean, poisson from an exponential distribution."),
                new("window", ValueShape.Object(WindowShape), "Interests in flight, instead of a rate."),
                new("batches", ValueShape.List(ValueShape.Object(BatchShape)), "Times and sizes of bursts, instead of a rate."),
                new("popularity", ValueShape.Object(PopularityShape), "Which content is next; one after the other if absent."),
                new("count", ValueShape.Whole(0, long.MaxValue), "Contents asked for at most; 0 or absent for no end."),
                new("first", ValueShape.Whole(0, long.MaxValue / 2), "The first sequence number; 0 if absent."),
                new("lifetime", ValueShape.Duration, "InterestLifetime; 2 s if absent."),
                new("mustBeFresh", ValueShape.Flag, "Whether stale copies of caches are refused; false if absent."),
                new("retransmissions", ValueShape.Whole(0, 1000), "How often an Interest is sent again; 10 if absent."),
                new("timeout", ValueShape.Object(TimeoutShape), "How long it waits before that."),
                new("verify", ValueShape.Choice("digest", "hmac", "ecdsa", "ed25519", "none"), "What answers must be signed with; "
                    + "digest if absent."),
            ]),
        Read,
        [
            Metric("requested", static it => it.RequestedCount, "contents asked for"),
            Metric("sent", static it => it.SentCount, "Interests sent, repeated ones included"),
            Metric("received", static it => it.ReceivedCount, "contents that came and were signed right"),
            Metric("octets", static it => it.ReceivedOctets, "octets of their contents"),
            Metric("retransmitted", static it => it.RetransmittedCount, "Interests sent again"),
            Metric("failed", static it => it.FailedCount, "contents given up"),
            Metric("nacked", static it => it.NackedCount, "refusals by the network"),
            Metric("forged", static it => it.ForgedCount, "Data whose signature was wrong"),
            Metric("outstanding", static it => it.OutstandingCount, "contents asked for, neither here nor given up"),
            Metric("window", static it => it.WindowSize, "the congestion window"),
        ]);

    private static ApplicationPlan Read(ScenarioObject source)
    {
        string prefix = source["prefix"].Text();
        ScenarioValue place = source["prefix"];
        string[] drivers = [.. Drivers.Where(source.Has)];
        if (drivers.Length != 1)
        {
            throw drivers.Length == 0
                ? source.Error("nothing says when it asks; give rate, window or batches")
                : source.Error(drivers[1], $"'{drivers[0]}' is given too; a consumer has one of rate, window and batches");
        }

        if (source.Has("spacing") && drivers[0] != "rate")
        {
            throw source.Error("spacing", "it belongs to a rate, and there is none");
        }

        var settings = new ConsumerSettings
        {
            Prefix = Name.Root,
            Gap = source.Has("rate") ? Gap(source) : null,
            Window = source.Object("window") is ScenarioObject window ? Window(window) : null,
            Batches = [.. source.Objects("batches").Select(batch => (batch["at"].Duration(), (int)batch.Whole("count", 1)))],
            Popularity = source.Object("popularity") is ScenarioObject popularity ? Popularity(popularity) : null,
            CountMax = source.Whole("count", 0),
            FirstSequence = source.Whole("first", 0),
            LifetimeMs = LifetimeMs(source),
            MustBeFresh = source.Flag("mustBeFresh"),
            RetransmissionsMax = (int)source.Whole("retransmissions", 10),
            Rtt = source.Object("timeout") is ScenarioObject timeout ? Timeout(timeout) : new RttOptions(),
            Verify = Signing(source.Choice("verify", "digest")),
        };
        Name Prefix(string node) => Expand(place, prefix, node);
        return new ApplicationPlan
        {
            Make = node => new Consumer(settings with { Prefix = Prefix(node) }),
            Asks = node => [Prefix(node)],
        };
    }

    /// <summary>A name in which {node} stands for the node's.</summary>
    internal static Name Expand(ScenarioValue place, string text, string node) =>
        place.Parse(text.Replace("{node}", NodeComponent(node), StringComparison.Ordinal));

    /// <summary>A node's name as a component of a name.</summary>
    internal static string NodeComponent(string node) => Uri.EscapeDataString(node);

    internal static PacketSigning? Signing(string word) => word switch
    {
        "digest" => PacketSigning.Digest,
        "hmac" => PacketSigning.Hmac,
        "ecdsa" => PacketSigning.Ecdsa,
        "ed25519" => PacketSigning.Ed25519,
        _ => null,
    };

    /// <summary>The gaps of <c>rate</c> and <c>spacing</c>.</summary>
    internal static Distribution Gap(ScenarioObject source)
    {
        double rate = source.Number("rate", 1);
        double gapNs = 1_000_000_000 / rate;
        long whole = Math.Max(1, (long)Math.Round(Math.Min(gapNs, Distribution.Largest / 2)));
        return source.Choice("spacing", "constant") switch
        {
            "poisson" => Distribution.PoissonGapsNs(rate),
            "uniform" => Distribution.Uniform(0, 2 * whole),
            _ => Distribution.Constant(whole),
        };
    }

    private static CongestionWindowOptions Window(ScenarioObject source)
    {
        var defaults = new CongestionWindowOptions();
        int min = (int)source.Whole("min", defaults.Min);
        int max = (int)source.Whole("max", Math.Max(defaults.Max, min));
        int initial = (int)source.Whole("initial", Math.Clamp(defaults.Initial, min, Math.Max(min, max)));
        if (min > initial || initial > max)
        {
            throw source.Error($"a window from {min} over {initial} to {max} makes no range; min, initial, max must rise");
        }

        return defaults with
        {
            Algorithm = source.Choice("algorithm", "cubic") == "aimd" ? CongestionAlgorithm.Aimd : CongestionAlgorithm.Cubic,
            Initial = initial,
            Min = min,
            Max = max,
        };
    }

    internal static ZipfMandelbrot Popularity(ScenarioObject source) =>
        new((int)source.Whole("contents", 1), source.Number("q", 0.7), source.Number("s", 0.7));

    internal static ulong LifetimeMs(ScenarioObject source, long otherwiseNs = 2_000_000_000)
    {
        long lifetimeNs = source.Duration("lifetime", otherwiseNs);
        return lifetimeNs % 1_000_000 == 0 && lifetimeNs > 0
            ? (ulong)(lifetimeNs / 1_000_000)
            : throw source.Error("lifetime", "an InterestLifetime is a whole number of milliseconds, at least 1");
    }

    private static RttOptions Timeout(ScenarioObject source)
    {
        var defaults = new RttOptions();
        RttOptions options = defaults with
        {
            InitialTimeout = Span(source, "initial", defaults.InitialTimeout),
            TimeoutMin = Span(source, "min", defaults.TimeoutMin),
            TimeoutMax = Span(source, "max", defaults.TimeoutMax),
        };
        return options.TimeoutMin <= options.TimeoutMax && options.InitialTimeout > TimeSpan.Zero
            ? options
            : throw source.Error("min must not be longer than max, and initial must be more than 0");
    }

    private static TimeSpan Span(ScenarioObject source, string key, TimeSpan otherwise) =>
        source.Has(key) ? TimeSpan.FromTicks(source[key].Duration() / 100) : otherwise;

    private static ApplicationMetric Metric(string name, Func<Consumer, double> read, string summary) =>
        new(name, application => application is Consumer consumer ? read(consumer) : 0, summary);
}
