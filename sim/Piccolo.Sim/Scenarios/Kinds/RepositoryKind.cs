using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Scenarios.Shapes;

namespace Piccolo.Sim.Scenarios.Kinds;

/// <summary>Producers with a disk in scenarios.</summary>
internal static class RepositoryKind
{
    public static ApplicationKind Create() => new(
        "repository",
        ApplicationKinds.Shape(
            "repository",
            "Publishes objects PREFIX/seq=N on its node's disk, serves them, and after a crash finds what is still whole.",
            [
                new("prefix", ValueShape.Text, "What it answers; {node} stands for the node's name.", IsRequired: true),
                new("objects", ValueShape.Whole(1), "How many objects there are; 100 if absent."),
                new("payload", ValueShape.Octets, "Octets of each; 1024 if absent."),
                new("gap", ValueShape.Duration, "The time between two publications; 10 ms if absent."),
                new("flushEvery", ValueShape.Whole(1), "Objects between two flushes; 1 if absent."),
            ]),
        Read,
        [
            new("published", static one => one is Repository it ? it.PublishedCount : 0, "objects published since the node started"),
            new("recovered", static one => one is Repository it ? it.RecoveredCount : 0, "objects that were whole when it started"),
            new("damaged", static one => one is Repository it ? it.DamagedCount : 0, "objects that were torn when it started"),
            new("served", static one => one is Repository it ? it.ServedCount : 0, "Interests answered"),
        ]);

    private static ApplicationPlan Read(ScenarioObject source)
    {
        ScenarioValue place = source["prefix"];
        string prefix = place.Text();
        var settings = new RepositorySettings
        {
            Prefix = Name.Root,
            ObjectCount = (int)source.Whole("objects", 100),
            ObjectOctets = (int)source.Octets("payload", 1024, 8000),
            GapNs = source.Duration("gap", 10_000_000),
            FlushEvery = (int)source.Whole("flushEvery", 1),
        };
        Name Prefix(string node) => ConsumerKind.Expand(place, prefix, node);
        return new ApplicationPlan
        {
            Make = node => new Repository(settings with { Prefix = Prefix(node) }),
            Serves = node => [Prefix(node)],
        };
    }
}
