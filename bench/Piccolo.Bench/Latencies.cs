using System.Diagnostics;

namespace Piccolo.Bench;

/// <summary>Times one kind of call many times, one after the other.</summary>
internal sealed class Latencies(string name, Func<int, Task> call)
{
    private readonly List<double> _microseconds = [];

    /// <summary>What is called.</summary>
    public string Name => name;

    /// <summary>How many calls were timed.</summary>
    public int Count => _microseconds.Count;

    /// <summary>Runs calls without timing them.</summary>
    public async Task WarmAsync(int count, int firstNumber)
    {
        for (int i = 0; i < count; i++)
        {
            await call(firstNumber + i);
        }
    }

    /// <summary>Runs and times a batch of calls.</summary>
    /// <param name="count">How many.</param>
    /// <param name="firstNumber">The number of the first; each call gets its own, so that arguments differ.</param>
    public async Task MeasureAsync(int count, int firstNumber)
    {
        for (int i = 0; i < count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await call(firstNumber + i);
            _microseconds.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }
    }

    /// <summary>A percentile of what was measured, in microseconds.</summary>
    public double Percentile(double part)
    {
        double[] sorted = [.. _microseconds.Order()];
        return sorted[Math.Min(sorted.Length - 1, (int)(part * sorted.Length))];
    }
}
