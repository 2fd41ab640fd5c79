using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Network;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Topologies;
using static Piccolo.Sim.Tests.Applications.Lines;

namespace Piccolo.Sim.Tests.Applications;

/// <summary>Functions run, and their calls take what links, fuel and signatures cost.</summary>
public class FunctionCallTests
{
    private static readonly LinkSettings Link = new() { RateBps = 0, DelayNs = 5 * Millisecond };

    private static readonly CpuSettings Cpu = new()
    {
        SignNs = 300_000,
        VerifyNs = 200_000,
        FuelPerSecond = 1_000_000,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_call_over_three_hops_takes_what_links_fuel_and_signatures_cost(int partitions)
    {
        using SimNetwork network = Make(4, Link, partitions: partitions, all: new NodeSettings { Cpu = Cpu });
        CallRecord[] calls = Run(network, new FunctionClientSettings
        {
            Function = Name.Parse("/fn/burn"), Kind = "burn", Fuel = 30_000, CountMax = 2,
        });

        // The first call also fetches the descriptor: a round trip of three links there and back, signed and verified.
        // Both: a round trip, 30,000 units of fuel at a million a second, a signature and its check.
        const long roundTrip = 2 * 3 * 5 * Millisecond;
        const long call = roundTrip + (30 * Millisecond) + 300_000 + 200_000;
        const long describe = roundTrip + 300_000 + 200_000;
        Assert.All(calls, one => Assert.True(one.IsSuccessful, one.AnsweredBy));
        Assert.Equal([describe + call, call], calls.Select(one => one.EndedNs - one.BeganNs));
        Assert.Equal("n3", calls[1].AnsweredBy);
        Assert.Equal(60_000ul, network.Nodes[3].Cpu.FuelCharged);
    }

    private static CallRecord[] Run(SimNetwork network, FunctionClientSettings settings, long untilNs = 10 * Second)
    {
        var log = new RecordedCalls();
        network.ApplicationLog = log;
        RouteToLast(network, "/fn");
        network.Nodes[^1].Add(() => new FunctionHostApplication(new FunctionHostSettings
        {
            Functions = [.. SampleFunctions.Kinds.Select(kind => SampleFunctions.Create(kind, Name.Parse($"/fn/{kind}")))],
        }));
        network.Nodes[0].Add(() => new FunctionClient(settings), Second);
        network.RunUntil(untilNs);
        AssertNoFrameIsOut(network);
        return [.. log.Calls];
    }
}
