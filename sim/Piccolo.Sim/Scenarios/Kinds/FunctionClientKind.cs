using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Scenarios.Shapes;

namespace Piccolo.Sim.Scenarios.Kinds;

/// <summary>Callers of functions in scenarios.</summary>
internal static class FunctionClientKind
{
    public static ApplicationKind Create() => new(
        "function-client",
        ApplicationKinds.Shape(
            "function-client",
            "Calls a function: at a rate, or so that a number of calls is always under way.",
            [
                new("name", ValueShape.Text, "The function's name; {node} stands for the node's name.", IsRequired: true),
                new("function", ValueShape.Choice([.. SampleFunctions.Kinds]), "What it does, so that results are checked; not if absent."),
                new("rate", ValueShape.Number(0.000001, ConsumerKind.RateMax), "Calls a second; a closed loop if absent."),
                new("spacing", ValueShape.Choice("constant", "uniform", "poisson"), "The gaps of the rate; constant if absent."),
                new("outstanding", ValueShape.Whole(1, 1_000_000), "Calls always under way, 1 if absent; with a rate the most, 1000."),
                new("count", ValueShape.Whole(0, long.MaxValue), "Calls at most; 0 or absent for no end."),
                new("argument", ValueShape.Octets, "Octets of the argument, at least 8, with fuel 16; 64 if absent."),
                new("fuel", ValueShape.Whole(0, long.MaxValue), "Fuel that a call of burn asks for."),
                new("popularity", ValueShape.Object(ConsumerKind.PopularityShape), "Which argument is next; ever new ones if absent."),
                new("timeout", ValueShape.Duration, "How long a call may take; 30 s if absent."),
                new("bypassCaches", ValueShape.Flag, "Whether calls go past all caches; false if absent."),
                new("replyPrefix", ValueShape.Text, "Under which the host pulls arguments of over 2 kB; /sim/reply/{node} if absent."),
            ]),
        Read,
        [
            new("called", static one => one is FunctionClient it ? it.CalledCount : 0, "calls made"),
            new("completed", static one => one is FunctionClient it ? it.CompletedCount : 0, "calls that ended with a result"),
            new("cached", static one => one is FunctionClient it ? it.CachedCount : 0, "results that a cache or the host's store gave"),
            new("failed", static one => one is FunctionClient it ? it.FailedCount : 0, "calls that ended with an error"),
            new("wrong", static one => one is FunctionClient it ? it.WrongCount : 0, "results that were not right"),
            new("skipped", static one => one is FunctionClient it ? it.SkippedCount : 0, "calls not made, too many outstanding"),
            new("outstanding", static one => one is FunctionClient it ? it.OutstandingCount : 0, "calls that have not ended"),
        ]);

    private static ApplicationPlan Read(ScenarioObject source)
    {
        ScenarioValue place = source["name"];
        string name = place.Text();
        string reply = source.Text("replyPrefix", "/sim/reply/{node}");
        ScenarioValue replyPlace = source.Has("replyPrefix") ? source["replyPrefix"] : place;
        var settings = new FunctionClientSettings
        {
            Function = Name.Root,
            Kind = source.Has("function") ? source.Choice("function", "echo") : null,
            Gap = source.Has("rate") ? ConsumerKind.Gap(source) : null,
            Outstanding = (int)source.Whole("outstanding", source.Has("rate") ? 1000 : 1),
            CountMax = source.Whole("count", 0),
            ArgumentOctets = (int)source.Octets("argument", 64, 256 << 20),
            Fuel = (ulong)source.Whole("fuel", 0),
            Popularity = source.Object("popularity") is ScenarioObject popularity ? ConsumerKind.Popularity(popularity) : null,
            TimeoutNs = source.Duration("timeout", 30_000_000_000),
            BypassCaches = source.Flag("bypassCaches"),
        };
        FunctionClientSettings On(string node) => settings with
        {
            Function = ConsumerKind.Expand(place, name, node),
            ReplyPrefix = ConsumerKind.Expand(replyPlace, reply, node),
        };
        try
        {
            _ = new FunctionClient(On("node"));
        }
        catch (ScenarioException error)
        {
            throw source.Error(error.Message);
        }

        return new ApplicationPlan
        {
            Make = node => new FunctionClient(On(node)),
            Serves = node => settings.ArgumentOctets > FunctionClient.InlineOctetsMax ? [On(node).ReplyPrefix!] : [],
            Asks = node => [On(node).Function],
        };
    }
}
