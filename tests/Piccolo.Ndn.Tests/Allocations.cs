namespace Piccolo.Ndn.Tests;

/// <summary>Counts what a hot operation allocates.</summary>
internal static class Allocations
{
    private const int WarmRuns = 200;
    private const int CountedRuns = 1000;

    /// <summary>Octets that 1,000 runs allocate on this thread, after some to warm up.</summary>
    internal static long Of(Action run)
    {
        for (int i = 0; i < WarmRuns; i++)
        {
            run();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < CountedRuns; i++)
        {
            run();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
