using System.Globalization;
using Piccolo.Sim.Scenarios;
using Spectre.Console;

namespace Piccolo.Sim.Cli.Output;

/// <summary>Shows how far a run is: a bar for who watches, plain lines now and then where output goes to a file.</summary>
internal static class RunProgressView
{
    private static readonly TimeSpan LinePeriod = TimeSpan.FromSeconds(10);

    /// <summary>Runs work while its progress is shown.</summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    public static T Show<T>(SimOutput output, string title, TimeProvider clock, Func<IProgress<RunProgress>, T> work)
    {
        long began = clock.GetTimestamp();
        if (!output.IsWatched)
        {
            return work(output.IsJson ? new Relay(static _ => { }) : new Relay(Lines(clock, began)));
        }

        return SimOutput.Aside.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask? bar = null;
                return work(new Relay(now =>
                {
                    TimeSpan elapsed = clock.GetElapsedTime(began);
                    if (bar is null && elapsed < TimeSpan.FromMilliseconds(300))
                    {
                        return;
                    }

                    bar ??= context.AddTask(Markup.Escape(title), maxValue: now.DurationNs);
                    bar.Value = now.NowNs;
                    bar.Description = Markup.Escape($"{title}  {Describe(now, elapsed)}");
                }));
            });
    }

    internal static string Describe(RunProgress now, TimeSpan elapsed)
    {
        double perSecond = now.EventCount / Math.Max(0.001, elapsed.TotalSeconds);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{now.NowNs / 1e9:0.###} of {now.DurationNs / 1e9:0.###} s, {perSecond / 1e6:0.00} M events/s");
    }

    private static Action<RunProgress> Lines(TimeProvider clock, long began)
    {
        TimeSpan next = LinePeriod;
        return now =>
        {
            TimeSpan elapsed = clock.GetElapsedTime(began);
            if (elapsed < next || now.NowNs == 0)
            {
                return;
            }

            next = elapsed + LinePeriod;
            double left = elapsed.TotalSeconds * (now.DurationNs - now.NowNs) / now.NowNs;
            SimOutput.Remark(string.Create(CultureInfo.InvariantCulture, $"{Describe(now, elapsed)}, {left:0} s to go"));
        };
    }

    private sealed class Relay(Action<RunProgress> report) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => report(value);
    }
}
