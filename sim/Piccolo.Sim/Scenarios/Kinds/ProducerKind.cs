using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Scenarios.Shapes;

namespace Piccolo.Sim.Scenarios.Kinds;

/// <summary>Producers in scenarios.</summary>
internal static class ProducerKind
{
    private const int PayloadMax = 8800;

    public static ApplicationKind Create() => new(
        "producer",
        ApplicationKinds.Shape(
            "producer",
            "Answers every Interest under its prefix with a signed Data of that very name.",
            [
                new("prefix", ValueShape.Text, "What it answers; {node} stands for the node's name.", IsRequired: true),
                new("payload", ValueShape.Octets, "Octets of content in each Data; 1024 if absent."),
                new("freshness", ValueShape.Duration, "FreshnessPeriod; 1 s if absent."),
                new("signing", ValueShape.Choice("digest", "hmac", "ecdsa", "ed25519"), "How answers are signed; digest if absent."),
                new("delay", ValueShape.Duration, "How long it takes to make an answer; 0 if absent."),
            ]),
        Read,
        [
            new("answered", static application => application is Producer producer ? producer.AnsweredCount : 0, "Interests answered"),
        ]);

    private static ApplicationPlan Read(ScenarioObject source)
    {
        ScenarioValue place = source["prefix"];
        string prefix = place.Text();
        long freshnessNs = source.Duration("freshness", 1_000_000_000);
        if (freshnessNs % 1_000_000 != 0)
        {
            throw source.Error("freshness", "a FreshnessPeriod is a whole number of milliseconds");
        }

        var settings = new ProducerSettings
        {
            Prefix = Name.Root,
            PayloadOctets = (int)source.Octets("payload", 1024, PayloadMax),
            FreshnessMs = (ulong)(freshnessNs / 1_000_000),
            Signing = ConsumerKind.Signing(source.Choice("signing", "digest"))!.Value,
            DelayNs = source.Duration("delay", 0),
        };
        Name Prefix(string node) => place.Parse(prefix.Replace("{node}", ConsumerKind.NodeComponent(node), StringComparison.Ordinal));
        return new ApplicationPlan
        {
            Make = node => new Producer(settings with { Prefix = Prefix(node) }),
            Serves = node => [Prefix(node)],
        };
    }
}
