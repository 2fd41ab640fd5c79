using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Scenarios.Shapes;

namespace Piccolo.Sim.Scenarios.Kinds;

/// <summary>Floods of Interests in scenarios.</summary>
internal static class InterestFlooderKind
{
    public static ApplicationKind Create() => new(
        "interest-flooder",
        ApplicationKinds.Shape(
            "interest-flooder",
            "An attacker: Interests for random names under a prefix, which nobody can answer.",
            [
                new("prefix", ValueShape.Text, "What the names begin with; {node} stands for the node's name.", IsRequired: true),
                new("rate", ValueShape.Number(0.000001, ConsumerKind.RateMax), "Interests a second.", IsRequired: true),
                new("spacing", ValueShape.Choice("constant", "uniform", "poisson"), "The gaps of the rate; constant if absent."),
                new("random", ValueShape.Whole(1, 1024), "Octets of the random component; 8 if absent."),
                new("lifetime", ValueShape.Duration, "The InterestLifetime that is claimed; 4 s if absent."),
                new("count", ValueShape.Whole(0, long.MaxValue), "Interests at most; 0 or absent for no end."),
            ]),
        Read,
        [
            new("sent", static one => one is InterestFlooder it ? it.SentCount : 0, "Interests sent"),
            new("nacked", static one => one is InterestFlooder it ? it.NackedCount : 0, "refusals by the network"),
        ]);

    private static ApplicationPlan Read(ScenarioObject source)
    {
        ScenarioValue place = source["prefix"];
        string prefix = place.Text();
        var settings = new InterestFlooderSettings
        {
            Prefix = Name.Root,
            Gap = ConsumerKind.Gap(source),
            RandomOctets = (int)source.Whole("random", 8),
            LifetimeMs = ConsumerKind.LifetimeMs(source, 4_000_000_000),
            CountMax = source.Whole("count", 0),
        };
        return new ApplicationPlan
        {
            Make = node => new InterestFlooder(settings with { Prefix = ConsumerKind.Expand(place, prefix, node) }),
        };
    }
}
