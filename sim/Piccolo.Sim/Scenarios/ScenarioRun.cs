using Piccolo.Forwarder.Strategies;
using Piccolo.Sim.Measuring;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Reports;

namespace Piccolo.Sim.Scenarios;

/// <summary>A scenario that is ready to run: its network with everything installed.</summary>
public sealed class ScenarioRun : IDisposable
{
    private const int SliceCount = 400;

    private readonly ScenarioRunOptions _options;
    private readonly RouteInstaller _routes;
    private readonly Measurement _measurement;
    private readonly MetricTerms[] _from;
    private readonly MetricTerms?[] _to;
    private bool _isDisposed;

    /// <summary>Builds the network of a scenario.</summary>
    /// <param name="settings">The scenario with everything decided.</param>
    /// <param name="options">Where results go, and what else is not part of it.</param>
    /// <exception cref="ScenarioException">It cannot be.</exception>
    public ScenarioRun(ScenarioSettings settings, ScenarioRunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _options = options ?? new ScenarioRunOptions();
        Settings = settings;
        try
        {
            ScenarioCheck.Run(settings);
        }
        catch (ScenarioException error)
        {
            throw settings.Located(error);
        }

        Network = new SimNetwork(settings.Topology, new SimOptions
        {
            Seed = settings.Seed,
            Partitions = _options.Threads ?? settings.Threads,
            NodeDefaults = settings.NodeDefaults,
            Nodes = settings.Nodes,
        });
        try
        {
            TraceSettings traces = settings.Traces with { Captures = [.. settings.Traces.Captures, .. _options.Captures] };
            _routes = new RouteInstaller(Network, settings);
            Network.Restarted += Configure;
            foreach (SimNode node in Network.Nodes)
            {
                SetStrategies(node);
            }

            _routes.InstallAll();
            foreach (ApplicationSettings application in settings.Applications)
            {
                Network.Nodes[application.Node].Add(application.Make, application.StartNs, application.StopNs);
            }

            FaultPlan.Install(Network, settings, _routes);
            _measurement = new Measurement(Network, traces, _options.Folder);
            CheckFigures();
            var tally = new ApplicationTally(Network.Nodes.Count, Network.ApplicationLog);
            Network.ApplicationLog = tally;
            Metrics = new RunMetrics(Network, tally, settings.Applications);
            _from = new MetricTerms[settings.Expectations.Count];
            _to = new MetricTerms?[settings.Expectations.Count];
            WatchExpectations();
        }
        catch (ScenarioException error)
        {
            _measurement?.Dispose();
            Network.Dispose();
            throw settings.Located(error);
        }
        catch
        {
            _measurement?.Dispose();
            Network.Dispose();
            throw;
        }
    }

    /// <summary>The scenario.</summary>
    public ScenarioSettings Settings { get; }

    /// <summary>The network.</summary>
    public SimNetwork Network { get; }

    /// <summary>Its numbers, at its present time.</summary>
    public RunMetrics Metrics { get; }

    /// <summary>Runs to the end.</summary>
    /// <param name="progress">Told now and then how far it is.</param>
    /// <param name="cancellation">Stops it; what was done is kept.</param>
    /// <exception cref="SimulationException">An application failed, or a check that always runs.</exception>
    /// <exception cref="OutputException">A result cannot be written.</exception>
    public ScenarioResult Run(IProgress<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        long sliceNs = Math.Max(1, Settings.DurationNs / SliceCount);
        while (Network.NowNs < Settings.DurationNs && !cancellation.IsCancellationRequested)
        {
            Network.RunUntil(Math.Min(Settings.DurationNs, Network.NowNs + sliceNs));
            progress?.Report(new RunProgress(Network.NowNs, Settings.DurationNs, Network.EventCount));
        }

        return Finish();
    }

    /// <summary>Runs a part: to a time, which must not be in the past.</summary>
    /// <param name="timeNs">Nanoseconds of virtual time.</param>
    public void RunUntil(long timeNs) => Network.RunUntil(timeNs);

    /// <summary>Sums up what ran so far, and writes summary and figures where there is a folder.</summary>
    /// <exception cref="OutputException">One cannot be written.</exception>
    public ScenarioResult Finish()
    {
        bool isComplete = Network.NowNs >= Settings.DurationNs;
        RunSummary summary = _measurement.Summarize(Settings.Name);
        var figures = new List<string>();
        if (_options.Folder is not null)
        {
            RunSummaryWriter.Save(summary, Path.Combine(_options.Folder, "summary.json"));
            foreach (FigureSettings figure in Settings.Figures)
            {
                figures.Add(Figure.Save(figure, _options.Folder, _measurement.Tables));
            }
        }

        return new ScenarioResult
        {
            Summary = summary,
            IsComplete = isComplete,
            Expectations = isComplete ? JudgeExpectations() : [],
            Figures = figures,
        };
    }

    /// <summary>Refuses figures of what is not there, and broken files of reference points, while nothing has been computed.</summary>
    private void CheckFigures()
    {
        if (_options.Folder is null && !Settings.Traces.KeepsTables)
        {
            return;
        }

        foreach (FigureSettings figure in Settings.Figures)
        {
            FigureData.Collect(figure, _measurement.Tables);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        try
        {
            _measurement.Dispose();
        }
        finally
        {
            Network.Dispose();
        }
    }

    private void Configure(SimNode node)
    {
        SetStrategies(node);
        _routes.Install(node);
    }

    private void SetStrategies(SimNode node)
    {
        foreach (StrategySetting strategy in Settings.Strategies)
        {
            if (strategy.Nodes is not null && !strategy.Nodes.Contains(node.Index))
            {
                continue;
            }

            StrategyChoiceStatus status = node.Forwarder.SetStrategy(strategy.Prefix, strategy.Strategy);
            if (status != StrategyChoiceStatus.Ok)
            {
                throw new ScenarioException($"{Where()}node '{node.Name}' refuses the strategy {strategy.Strategy}: {status}");
            }
        }
    }

    private void WatchExpectations()
    {
        for (int i = 0; i < Settings.Expectations.Count; i++)
        {
            int index = i;
            Expectation expectation = Settings.Expectations[i];
            try
            {
                _ = Metrics.Read(expectation.Metric);
            }
            catch (ScenarioException error) when (expectation.Place.Length > 0)
            {
                throw new ScenarioException($"{expectation.Place}.metric: {error.Message}", error);
            }

            Network.At(expectation.FromNs, () => _from[index] = Metrics.Read(expectation.Metric));
            if (expectation.ToNs is long toNs)
            {
                Network.At(toNs, () => _to[index] = Metrics.Read(expectation.Metric));
            }
        }
    }

    private List<ExpectationResult> JudgeExpectations()
    {
        var results = new List<ExpectationResult>();
        for (int i = 0; i < Settings.Expectations.Count; i++)
        {
            Expectation expectation = Settings.Expectations[i];
            MetricTerms end = _to[i] ?? Metrics.Read(expectation.Metric);
            double value = end.Since(_from[i]);
            if (expectation.IsPerSecond)
            {
                value /= ((expectation.ToNs ?? Settings.DurationNs) - expectation.FromNs) / 1e9;
            }

            results.Add(new ExpectationResult(expectation, value, value >= expectation.Minimum && value <= expectation.Maximum));
        }

        return results;
    }

    private string Where() => Settings.File.Length == 0 ? "" : $"{Settings.File}: $.strategies: ";
}
