using Piccolo.Sim.Applications;
using Piccolo.Sim.Scenarios.Shapes;

namespace Piccolo.Sim.Scenarios.Kinds;

/// <summary>Hosts of functions in scenarios.</summary>
internal static class FunctionHostKind
{
    private static readonly ObjectShape FunctionShape = new(
        "function",
        "A function that a host serves.",
        [
            new("name", ValueShape.Text, "What it is called by; {node} stands for the node's name.", IsRequired: true),
            new("function", ValueShape.Choice([.. SampleFunctions.Kinds]), "What it does. tick is opaque, the others pure.",
                IsRequired: true),
            new("fuelPerOctet", ValueShape.Whole(0), "Fuel for each octet of the argument; 1 if absent. burn is told its fuel instead."),
        ]);

    public static ApplicationKind Create() => new(
        "function-host",
        ApplicationKinds.Shape(
            "function-host",
            "Serves functions whose code really runs; their fuel and signatures take the node's processor time.",
            [
                new("functions", ValueShape.List(ValueShape.Object(FunctionShape)), "What it serves.", IsRequired: true),
                new("signing", ValueShape.Choice("hmac", "ecdsa", "ed25519"), "How results are signed; ecdsa if absent."),
                new("running", ValueShape.Whole(1, 4096), "Calls that run at once; one on each core if absent."),
                new("waiting", ValueShape.Whole(0, 1_000_000), "Calls that may wait; 4096 if absent."),
            ]),
        Read,
        [
            new("fuel", static one => one is FunctionHostApplication it ? it.FuelCharged : 0, "fuel that calls burnt"),
        ]);

    private static ApplicationPlan Read(ScenarioObject source)
    {
        (ScenarioValue Place, string Name, string Kind, uint Fuel)[] functions =
        [
            .. source.Objects("functions").Select(one =>
                (one["name"], one["name"].Text(), one.Choice("function", "echo"), (uint)one.Whole("fuelPerOctet", 1))),
        ];
        if (functions.Length == 0)
        {
            throw source.Error("functions", "a function host without functions serves nothing; give it at least one");
        }

        PacketSigning signing = ConsumerKind.Signing(source.Choice("signing", "ecdsa"))!.Value;
        int? runningMax = source.Has("running") ? (int)source.Whole("running", 1) : null;
        int waitingMax = (int)source.Whole("waiting", 4096);
        return new ApplicationPlan
        {
            Make = node => new FunctionHostApplication(new FunctionHostSettings
            {
                Functions =
                [
                    .. functions.Select(one => SampleFunctions.Create(one.Kind, ConsumerKind.Expand(one.Place, one.Name, node), one.Fuel)),
                ],
                Signing = signing,
                RunningMax = runningMax,
                WaitingMax = waitingMax,
            }),
            Serves = node => [.. functions.Select(one => ConsumerKind.Expand(one.Place, one.Name, node))],
        };
    }
}
