using System.Runtime.ExceptionServices;
using Piccolo.Sim.Reports;

namespace Piccolo.Sim.Measuring;

/// <summary>All that is measured in a run: tracers, what applications told, captures.</summary>
internal sealed class TraceSet : IDisposable
{
    private readonly List<TraceOutput> _outputs = [];
    private readonly List<ITracer> _tracers = [];
    private readonly List<FrameCapture> _captures = [];
    private readonly SampleCollector<DelaySample> _delays;
    private readonly SampleCollector<CallSample> _calls;
    private readonly AppDelayTracer? _delayTracer;
    private readonly CallTracer? _callTracer;
    private readonly SortedDictionary<string, long> _outcomes = new(StringComparer.Ordinal);
    private bool _isClosed;

    /// <summary>Creates the files of all traces.</summary>
    /// <param name="nodes">All nodes, in the order of their indices.</param>
    /// <param name="links">All directions of links.</param>
    /// <param name="settings">What is wanted.</param>
    /// <param name="folder">Where the files go; null writes none.</param>
    public TraceSet(IReadOnlyList<NodeProbe> nodes, IReadOnlyList<LinkProbe> links, TraceSettings settings, string? folder)
    {
        settings.Validate();
        _delays = new SampleCollector<DelaySample>(nodes.Count);
        _calls = new SampleCollector<CallSample>(nodes.Count);
        List<NodeProbe> chosen = NodeChoice.Choose(nodes, settings);
        var names = new string?[nodes.Count];
        chosen.ForEach(node => names[node.Index] = node.Name);
        List<LinkProbe> near = [.. links.Where(link => names[link.From] is not null)];
        long period = settings.PeriodNs;
        try
        {
            Add(
                settings, folder, TraceKinds.L3Rate, "rate-trace.txt", TraceColumns.L3Rate, sink => new L3RateTracer(chosen, period, sink));
            Add(
                settings, folder, TraceKinds.ContentStore, "cs-trace.txt", TraceColumns.ContentStore,
                sink => new ContentStoreTracer(chosen, sink));
            Add(
                settings, folder, TraceKinds.L2Rate, "drop-trace.txt", TraceColumns.L2Rate,
                sink => new L2RateTracer(chosen, near, period, sink));
            Add(
                settings, folder, TraceKinds.Nodes, "nodes.csv", TraceColumns.Nodes, sink => new NodeTracer(chosen, sink));
            Add(
                settings, folder, TraceKinds.Links, "links.csv", TraceColumns.Links, sink => new LinkTracer(near, period, sink));
            if (Open(settings, folder, TraceKinds.AppDelay, "app-delays-trace.txt", TraceColumns.AppDelay) is TraceOutput delays)
            {
                _delayTracer = new AppDelayTracer(nodes.Count, settings.SampleStride, node => names[node], delays);
            }

            if (Open(settings, folder, TraceKinds.Calls, "calls.csv", TraceColumns.Calls) is TraceOutput calls)
            {
                _callTracer = new CallTracer(nodes.Count, settings.SampleStride, node => names[node], calls);
            }
        }
        catch
        {
            CloseAll();
            throw;
        }
    }

    /// <summary>From the first transmission of an application's Interest to its Data.</summary>
    public DelayHistogram Delays { get; } = new();

    /// <summary>How long calls took.</summary>
    public DelayHistogram CallDurations { get; } = new();

    /// <summary>Calls by outcome, in the order of names.</summary>
    public IReadOnlyList<SummaryCount> CallOutcomes => [.. _outcomes.Select(pair => new SummaryCount(pair.Key, pair.Value))];

    /// <summary>The tables that were kept.</summary>
    public IReadOnlyList<MetricTable> Tables => [.. _outputs.Select(output => output.Table).OfType<MetricTable>()];

    /// <summary>What became of each trace and capture.</summary>
    public IReadOnlyList<TraceSummary> Summaries =>
        [.. _outputs.Select(output => output.Summary), .. _captures.Select(capture => capture.Summary)];

    /// <summary>Captures a link; the caller feeds the capture.</summary>
    public FrameCapture Capture(string path, int a, int b, CaptureSettings settings)
    {
        var capture = new FrameCapture(new PcapWriter(path, settings.FrameLengthMax), a, b, settings.FramesMax);
        _captures.Add(capture);
        return capture;
    }

    /// <summary>An application's Interest was answered; on the thread that runs the node.</summary>
    public void AddDelay(int node, in DelaySample sample) => _delays.Add(node, sample);

    /// <summary>A call ended; on the thread that runs the node.</summary>
    public void AddCall(int node, in CallSample sample) => _calls.Add(node, sample);

    /// <summary>Looks at the network; all of it stands still.</summary>
    /// <exception cref="OutputException">A file cannot be written.</exception>
    public void Sample(long nowNs)
    {
        Drain();
        foreach (ITracer tracer in _tracers)
        {
            tracer.Sample(nowNs);
        }
    }

    /// <summary>Writes what was told since the last look.</summary>
    public void Drain()
    {
        _delays.Drain((node, sample) =>
        {
            Delays.Record(sample.FullDelayNs);
            _delayTracer?.Write(node, sample);
        });
        _calls.Drain((node, sample) =>
        {
            CallDurations.Record(sample.TimeNs - sample.BeganNs);
            _outcomes[sample.Outcome] = _outcomes.GetValueOrDefault(sample.Outcome) + 1;
            _callTracer?.Write(node, sample);
        });
        foreach (FrameCapture capture in _captures)
        {
            capture.Drain();
        }
    }

    /// <summary>Closes all files, also when one of them fails; the first failure is thrown.</summary>
    public void Dispose()
    {
        if (!_isClosed)
        {
            CloseAll()?.Throw();
        }
    }

    private void Add(
        TraceSettings settings, string? folder, TraceKinds kind, string file, IReadOnlyList<string> columns, Func<IRowSink, ITracer> create)
    {
        if (Open(settings, folder, kind, file, columns) is TraceOutput output)
        {
            _tracers.Add(create(output));
        }
    }

    private TraceOutput? Open(TraceSettings settings, string? folder, TraceKinds kind, string file, IReadOnlyList<string> columns)
    {
        if (!settings.Kinds.HasFlag(kind))
        {
            return null;
        }

        // Figures call a table by the name of its file without the ending.
        var output = new TraceOutput(file, Path.GetFileNameWithoutExtension(file), columns, folder, settings);
        _outputs.Add(output);
        return output;
    }

    private ExceptionDispatchInfo? CloseAll()
    {
        _isClosed = true;
        ExceptionDispatchInfo? first = null;
        foreach (IDisposable output in _outputs.Concat<IDisposable>(_captures))
        {
            try
            {
                output.Dispose();
            }
            catch (OutputException e)
            {
                first ??= ExceptionDispatchInfo.Capture(e);
            }
        }

        return first;
    }
}
