using Piccolo.Ndn.Naming;

namespace Piccolo.Client.Sync;

/// <summary>How far one publisher is.</summary>
/// <param name="Name">The publisher.</param>
/// <param name="BootstrapTime">When it joined, in seconds since the Unix epoch; 0 in version 2, which has none.</param>
/// <param name="Sequence">The number of its latest publication.</param>
public sealed record StateVectorEntry(Name Name, ulong BootstrapTime, ulong Sequence);
