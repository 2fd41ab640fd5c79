using System.Diagnostics;
using System.Security.Cryptography;

namespace Piccolo.Canary;

/// <summary>Uses each line of src/BannedSymbols.Pure.txt once, in the order of that file.</summary>
internal static class EveryBannedSymbol
{
    internal static void Clocks()
    {
        _ = DateTime.Now;
        _ = DateTime.UtcNow;
        _ = DateTime.Today;
        _ = DateTimeOffset.Now;
        _ = DateTimeOffset.UtcNow;
        _ = typeof(Stopwatch);
        _ = Environment.TickCount;
        _ = Environment.TickCount64;
        _ = typeof(TimeProvider);
    }

    internal static void Randomness()
    {
        _ = typeof(Random);
        _ = Guid.NewGuid();
        _ = Guid.CreateVersion7();
        _ = Guid.CreateVersion7(default);
        _ = typeof(RandomNumberGenerator);
        _ = typeof(HashCode);
        _ = "text".GetHashCode();
    }

    internal static void Threads()
    {
        _ = typeof(Thread);
        _ = typeof(ThreadPool);
        _ = typeof(Timer);
        _ = typeof(Task);
        _ = typeof(Task<int>);
        _ = typeof(ValueTask);
        _ = typeof(ValueTask<int>);
        _ = typeof(Parallel);
        _ = typeof(SemaphoreSlim);
        _ = typeof(ManualResetEventSlim);
    }

    internal static void Inputs()
    {
        _ = typeof(System.Net.Sockets.Socket);
        _ = typeof(File);
        _ = typeof(FileStream);
        _ = typeof(Directory);
        _ = typeof(Path);
        _ = typeof(Enumerable);
        _ = typeof(Console);
    }
}
