using Piccolo.Sim.Network;

namespace Piccolo.Sim.Scenarios;

/// <summary>Lets the faults of a scenario happen, and its routes follow.</summary>
internal static class FaultPlan
{
    public static void Install(SimNetwork network, ScenarioSettings scenario, RouteInstaller routes)
    {
        string where = scenario.File.Length == 0 ? "$.faults" : $"{scenario.File}: $.faults";
        FaultInjector.Install(
            network,
            scenario.Faults,
            scenario.DurationNs,
            scenario.Routes.RerouteNs is null ? null : routes.Reroute,
            scenario.Routes.RerouteNs ?? 0,
            where);
    }
}
