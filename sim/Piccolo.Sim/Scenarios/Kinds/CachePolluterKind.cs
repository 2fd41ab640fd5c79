using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Scenarios.Shapes;

namespace Piccolo.Sim.Scenarios.Kinds;

/// <summary>Cache pollution in scenarios.</summary>
internal static class CachePolluterKind
{
    public static ApplicationKind Create() => new(
        "cache-polluter",
        ApplicationKinds.Shape(
            "cache-polluter",
            "An attacker: asks for unpopular contents PREFIX/seq=N, all alike, so that caches push out what others want.",
            [
                new("prefix", ValueShape.Text, "What it asks for; {node} stands for the node's name.", IsRequired: true),
                new("rate", ValueShape.Number(0.000001, ConsumerKind.RateMax), "Interests a second.", IsRequired: true),
                new("spacing", ValueShape.Choice("constant", "uniform", "poisson"), "The gaps of the rate; constant if absent."),
                new("contents", ValueShape.Whole(1, long.MaxValue / 2), "How many contents it asks for.", IsRequired: true),
                new("first", ValueShape.Whole(0, long.MaxValue / 2), "The number of the first of them; 0 if absent."),
                new("lifetime", ValueShape.Duration, "InterestLifetime; 2 s if absent."),
            ]),
        Read,
        [
            new("sent", static one => one is CachePolluter it ? it.SentCount : 0, "Interests sent"),
            new("received", static one => one is CachePolluter it ? it.ReceivedCount : 0, "Data that came"),
        ]);

    private static ApplicationPlan Read(ScenarioObject source)
    {
        ScenarioValue place = source["prefix"];
        string prefix = place.Text();
        var settings = new CachePolluterSettings
        {
            Prefix = Name.Root,
            Gap = ConsumerKind.Gap(source),
            ContentCount = source.Whole("contents", 1),
            FirstSequence = source.Whole("first", 0),
            LifetimeMs = ConsumerKind.LifetimeMs(source),
        };
        Name Prefix(string node) => ConsumerKind.Expand(place, prefix, node);
        return new ApplicationPlan
        {
            Make = node => new CachePolluter(settings with { Prefix = Prefix(node) }),
            Asks = node => [Prefix(node)],
        };
    }
}
