using Piccolo.Sim.Applications;
using Piccolo.Sim.Network;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Reports;

namespace Piccolo.Sim.Measuring;

/// <summary>Measures a run: attach it before the run, summarise and dispose it after.</summary>
/// <remarks>
/// <para>It changes nothing that the network does: digests are the same with and without it, and its files the same with any number of
/// partitions. It looks at the network in control events, once a period, and takes what applications report in between.</para>
/// <para>When a file cannot be written, <see cref="SimNetwork.RunUntil"/> ends with an <see cref="OutputException"/> that names it; what
/// was written stays, in whole rows. A node that restarted without state counts from its restart.</para>
/// <para>Bound: the reports and captured frames of one period; with <see cref="TraceSettings.KeepsTables"/> also the rows.</para>
/// </remarks>
public sealed class Measurement : IApplicationLog, IDisposable
{
    private readonly SimNetwork _network;
    private readonly List<NodeProbe> _nodes = [];
    private readonly List<LinkProbe> _links = [];
    private readonly TraceSet _traces;
    private readonly long[] _timeouts;
    private readonly int[] _linkFaceCounts;

    /// <summary>Attaches to a network, at its present time.</summary>
    /// <param name="network">The network.</param>
    /// <param name="settings">What is measured.</param>
    /// <param name="folder">Where files go; it is made if need be. Null writes none.</param>
    /// <exception cref="ScenarioException">The settings name what is not there.</exception>
    /// <exception cref="OutputException">A file cannot be created.</exception>
    public Measurement(SimNetwork network, TraceSettings settings, string? folder)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(settings);
        _network = network;
        _timeouts = new long[network.Nodes.Count];
        _linkFaceCounts = new int[network.Nodes.Count];
        foreach (SimNode node in network.Nodes)
        {
            _nodes.Add(new SimNodeProbe(node));
        }

        foreach (SimLink link in network.Links)
        {
            _links.Add(new SimLinkProbe(link.AtoB));
            _links.Add(new SimLinkProbe(link.BtoA));
            _linkFaceCounts[link.A.Index]++;
            _linkFaceCounts[link.B.Index]++;
        }

        _traces = new TraceSet(_nodes, _links, settings, folder);
        try
        {
            Capture(settings, folder);
        }
        catch
        {
            _traces.Dispose();
            throw;
        }

        if (settings.Kinds.HasFlag(TraceKinds.AppDelay))
        {
            foreach (SimLink link in network.Links)
            {
                link.AtoB.TrackHops();
                link.BtoA.TrackHops();
            }
        }

        network.ApplicationLog = this;
        network.Every(settings.PeriodNs, () => _traces.Sample(network.NowNs));
    }

    /// <summary>The tables that were kept, named as their files without the ending: <c>rate-trace</c>, <c>nodes</c> and so on.</summary>
    public IReadOnlyList<MetricTable> Tables => _traces.Tables;

    /// <summary>The run in numbers, as far as it went; the network stands still.</summary>
    /// <param name="scenario">The scenario's name.</param>
    /// <exception cref="OutputException">What was told since the last look cannot be written.</exception>
    public RunSummary Summarize(string scenario)
    {
        _traces.Drain();
        long timeouts = 0;
        foreach (long count in _timeouts)
        {
            timeouts += count;
        }

        var summary = new RunSummary
        {
            Scenario = scenario,
            Seed = _network.Seed,
            VirtualNs = _network.NowNs,
            EventCount = _network.EventCount,
            Digest = _network.Digest,
            NodeCount = _network.Nodes.Count,
            LinkCount = _network.Links.Count,
            ApplicationTimeouts = timeouts,
            Delay = _traces.Delays.Count == 0 ? null : DelaySummary.Of(_traces.Delays),
            Calls = _traces.CallOutcomes,
            CallDuration = _traces.CallDurations.Count == 0 ? null : DelaySummary.Of(_traces.CallDurations),
            Traces = _traces.Summaries,
        };
        return SummaryBuilder.AddUp(summary, _nodes, _links);
    }

    /// <summary>Writes the rest and closes all files, also when one of them fails.</summary>
    /// <exception cref="OutputException">The first that could not be written, unless a write before has thrown it.</exception>
    public void Dispose()
    {
        if (ReferenceEquals(_network.ApplicationLog, this))
        {
            _network.ApplicationLog = null;
        }

        _traces.Dispose();
    }

    /// <inheritdoc/>
    void IApplicationLog.OnAnswered(
        SimApplication application, long sequence, long lastDelayNs, long fullDelayNs, int retransmissions) =>
        _traces.AddDelay(
            application.Node.Index,
            new DelaySample(
                application.NowNs,
                NumberOf(application),
                sequence,
                lastDelayNs,
                fullDelayNs,
                retransmissions,
                HopsOf(application, lastDelayNs)));

    /// <inheritdoc/>
    void IApplicationLog.OnTimeout(SimApplication application, long sequence) => _timeouts[application.Node.Index]++;

    /// <inheritdoc/>
    void IApplicationLog.OnCall(SimApplication application, in CallRecord call) =>
        _traces.AddCall(
            application.Node.Index,
            new CallSample(
                call.BeganNs,
                call.EndedNs,
                NumberOf(application),
                call.Function.ToString(),
                call.AnsweredBy ?? "",
                call.IsSuccessful ? "ok" : "failed",
                (long)Math.Min(call.Fuel, long.MaxValue)));

    // The faces of a node are those of its links, then those of its applications in the order they were added.
    private int NumberOf(SimApplication application) => application.Face.Index - _linkFaceCounts[application.Node.Index];

    // What is answered in the moment in which it was asked for came over no link, whatever Data the consumer was busy with.
    private static int HopsOf(SimApplication application, long lastDelayNs) => lastDelayNs == 0 ? 0 : application.Node.Hops;

    private void Capture(TraceSettings settings, string? folder)
    {
        // Not every system tells upper from lower case.
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (CaptureSettings capture in settings.Captures)
        {
            int a = Find(capture.A);
            int b = Find(capture.B);
            bool isFound = false;
            foreach (SimLink link in _network.Links)
            {
                if ((link.A.Index, link.B.Index) != (a, b) && (link.A.Index, link.B.Index) != (b, a))
                {
                    continue;
                }

                isFound = true;
                if (folder is not null)
                {
                    Capture(link, capture, Path.Combine(folder, NewName(names, $"{FileNameOf(capture.A)}-{FileNameOf(capture.B)}")));
                }
            }

            if (!isFound)
            {
                throw new ScenarioException($"a capture is wanted of a link between '{capture.A}' and '{capture.B}', which have none");
            }
        }
    }

    private void Capture(SimLink link, CaptureSettings settings, string path)
    {
        FrameCapture capture = _traces.Capture(path, link.A.Index, link.B.Index, settings);
        link.AtoB.Tap = new CaptureTap(capture, isFromA: true, link.AtoB.Tap);
        link.BtoA.Tap = new CaptureTap(capture, isFromA: false, link.BtoA.Tap);
    }

    private int Find(string name)
    {
        int index = _network.Topology.IndexOf(name);
        return index >= 0
            ? index
            : throw new ScenarioException($"a capture is wanted at node '{name}', which the topology does not have");
    }

    /// <summary>Links side by side, a link that is captured twice, and nodes whose names differ in signs only get a number each.</summary>
    private static string NewName(HashSet<string> names, string ends)
    {
        string name = $"{ends}.pcap";
        for (int number = 2; !names.Add(name); number++)
        {
            name = $"{ends}-{number}.pcap";
        }

        return name;
    }

    private static string FileNameOf(string node) =>
        string.Concat(node.Select(letter => char.IsLetterOrDigit(letter) || letter is '.' or '_' ? letter : '_'));
}
