using Spectre.Console;

namespace Piccolo.Sim.Cli.Output;

/// <summary>Shows how many of several runs have ended.</summary>
internal static class CountProgressView
{
    /// <summary>Runs work while its progress is shown; the work says after each run how many ended.</summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    public static T Show<T>(SimOutput output, string what, int count, Func<Action<int>, T> work)
    {
        if (!output.IsWatched)
        {
            int tenth = 0;
            return work(ended =>
            {
                int now = (int)(10L * ended / count);
                if (!output.IsJson && now > tenth && count >= 20)
                {
                    tenth = now;
                    SimOutput.Remark($"{ended} of {count} {what}");
                }
            });
        }

        return SimOutput.Aside.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask bar = context.AddTask(what, maxValue: count);
                return work(ended =>
                {
                    bar.Value = ended;
                    bar.Description = $"{ended} of {count} {what}";
                });
            });
    }
}
