using System.Collections.Concurrent;
using Piccolo.Sim.Applications;

namespace Piccolo.Sim.Tests.Applications;

/// <summary>Keeps what calls came to.</summary>
internal sealed class RecordedCalls : IApplicationLog
{
    private readonly ConcurrentQueue<(string Node, CallRecord Call)> _calls = new();

    public IEnumerable<CallRecord> Calls => _calls.OrderBy(one => one.Call.EndedNs).ThenBy(one => one.Node).Select(one => one.Call);

    public void OnAnswered(SimApplication application, long sequence, long lastDelayNs, long fullDelayNs, int retransmissions)
    {
    }

    public void OnTimeout(SimApplication application, long sequence)
    {
    }

    public void OnCall(SimApplication application, in CallRecord call) => _calls.Enqueue((application.Node.Name, call));
}
