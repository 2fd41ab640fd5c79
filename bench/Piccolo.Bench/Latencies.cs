using System.Diagnostics;

namespace Piccolo.Bench;

/// <summary>Times one kind of call many times, one after the other.</summary>
/// <param name="call">Makes the call with a number; each gets its own, so that arguments can differ.</param>
/// <param name="server">The process that answers, whose CPU time is counted beside this one's.</param>
internal sealed class Latencies(Func<int, Task> call, Process server)
{
    private readonly List<double> _microseconds = [];
    private double _elapsedMicroseconds;
    private double _cpuMicroseconds;

    /// <summary>How many calls were timed.</summary>
    public int Count => _microseconds.Count;

    /// <summary>Calls a second, while they were timed.</summary>
    public double PerSecond => Count / _elapsedMicroseconds * 1_000_000;

    /// <summary>CPU time of both processes for each call, in microseconds.</summary>
    public double CpuPerCall => _cpuMicroseconds / Count;

    /// <summary>Runs calls without timing them.</summary>
    public async Task WarmAsync(int count, int firstNumber)
    {
        for (int i = 0; i < count; i++)
        {
            await call(firstNumber + i).ConfigureAwait(false);
        }
    }

    /// <summary>Runs and times a batch of calls.</summary>
    /// <param name="count">How many.</param>
    /// <param name="firstNumber">The number of the first.</param>
    public async Task MeasureAsync(int count, int firstNumber)
    {
        double cpuBefore = CpuMicroseconds();
        long begun = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await call(firstNumber + i).ConfigureAwait(false);
            _microseconds.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        _elapsedMicroseconds += Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
        _cpuMicroseconds += CpuMicroseconds() - cpuBefore;
    }

    /// <summary>A percentile of what was measured, in microseconds.</summary>
    public double Percentile(double part)
    {
        double[] sorted = [.. _microseconds.Order()];
        return sorted[Math.Min(sorted.Length - 1, (int)(part * sorted.Length))];
    }

    private double CpuMicroseconds()
    {
        using var self = Process.GetCurrentProcess();
        server.Refresh();
        return self.TotalProcessorTime.TotalMicroseconds + server.TotalProcessorTime.TotalMicroseconds;
    }
}
