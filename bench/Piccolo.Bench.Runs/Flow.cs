using Piccolo.Ndn.Naming;

namespace Piccolo.Bench.Runs;

/// <summary>A consumer, a producer, and the prefix of what it is asked for; nodes by their index.</summary>
internal sealed record Flow(int Consumer, int Producer, Name Prefix);
