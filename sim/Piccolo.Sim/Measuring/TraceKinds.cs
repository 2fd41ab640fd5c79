namespace Piccolo.Sim.Measuring;

/// <summary>Kinds of traces; the names of their files follow.</summary>
[Flags]
public enum TraceKinds
{
    /// <summary>None; the summary is made all the same.</summary>
    None = 0,

    /// <summary><c>rate-trace.txt</c>: packets of each face, as ndnSIM's L3RateTracer.</summary>
    L3Rate = 1,

    /// <summary><c>app-delays-trace.txt</c>: delays of applications, as ndnSIM's AppDelayTracer.</summary>
    AppDelay = 2,

    /// <summary><c>cs-trace.txt</c>: hits and misses, as ndnSIM's CsTracer.</summary>
    ContentStore = 4,

    /// <summary><c>drop-trace.txt</c>: drops of queues, as ndnSIM's L2RateTracer.</summary>
    L2Rate = 8,

    /// <summary><c>nodes.csv</c>: PIT, content store and other tables over time.</summary>
    Nodes = 16,

    /// <summary><c>links.csv</c>: queues, throughput and losses over time.</summary>
    Links = 32,

    /// <summary><c>calls.csv</c>: calls of functions.</summary>
    Calls = 64,

    /// <summary>All of them.</summary>
    All = L3Rate | AppDelay | ContentStore | L2Rate | Nodes | Links | Calls,
}
