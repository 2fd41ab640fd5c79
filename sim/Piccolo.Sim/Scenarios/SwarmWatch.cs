using System.Globalization;
using Piccolo.Sim.Applications;

namespace Piccolo.Sim.Scenarios;

/// <summary>Sees that no consumer is answered twice for one content.</summary>
/// <remarks>Each node has a set of its own, so that partitions need no lock.</remarks>
internal sealed class SwarmWatch : IApplicationLog
{
    private readonly IApplicationLog? _next;
    private readonly HashSet<(SimApplication Application, long Sequence)>[] _answered;
    private readonly string?[] _failures;

    public SwarmWatch(int nodeCount, IApplicationLog? next)
    {
        _next = next;
        _answered = new HashSet<(SimApplication, long)>[nodeCount];
        _failures = new string?[nodeCount];
        for (int i = 0; i < nodeCount; i++)
        {
            _answered[i] = [];
        }
    }

    /// <summary>The first failure of each node that has one.</summary>
    public IEnumerable<string> Failures => _failures.OfType<string>();

    public void OnAnswered(SimApplication application, long sequence, long lastDelayNs, long fullDelayNs, int retransmissions)
    {
        int node = application.Node.Index;
        bool isFirst = _answered[node].Add((application, sequence));
        if (!isFirst && application is Consumer { Settings.Popularity: null })
        {
            _failures[node] ??= string.Create(
                CultureInfo.InvariantCulture,
                $"{application.Name} of node '{application.Node.Name}' was answered twice for number {sequence}");
        }

        if (fullDelayNs < lastDelayNs || lastDelayNs < 0)
        {
            _failures[node] ??= string.Create(
                CultureInfo.InvariantCulture,
                $"{application.Name} of node '{application.Node.Name}' saw delays of {lastDelayNs} and {fullDelayNs} ns");
        }

        _next?.OnAnswered(application, sequence, lastDelayNs, fullDelayNs, retransmissions);
    }

    public void OnTimeout(SimApplication application, long sequence) => _next?.OnTimeout(application, sequence);

    public void OnCall(SimApplication application, in CallRecord call) => _next?.OnCall(application, call);
}
