using Piccolo.Bench.Runs;

namespace Piccolo.Bench.Sim;

/// <summary>A run in a table.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Spec">What it is.</param>
/// <param name="Recorded">How many packets a second ndnSIM made of it on another machine.</param>
/// <param name="IsPeerSlow">Whether ndnSIM takes minutes or many gigabytes for it, so that the recorded figure must do.</param>
internal sealed record SimRow(string Name, RunSpec Spec, double Recorded, bool IsPeerSlow = false);
