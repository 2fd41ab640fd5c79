namespace Piccolo.Bench.Runs;

/// <summary>What routes cost.</summary>
/// <param name="ComputeSeconds">Searching them.</param>
/// <param name="InstallSeconds">Writing them into the nodes' FIBs.</param>
/// <param name="Count">How many were written.</param>
internal readonly record struct RouteCost(double ComputeSeconds, double InstallSeconds, long Count);
