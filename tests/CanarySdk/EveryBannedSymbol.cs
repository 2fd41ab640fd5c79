using System.Diagnostics;

namespace Piccolo.CanarySdk;

/// <summary>Uses each line of src/BannedSymbols.Sdk.txt and src/BannedSymbols.Cbor.txt once, in the order of those files.</summary>
internal static class EveryBannedSymbol
{
    internal static void Clocks()
    {
        _ = DateTime.Now;
        _ = DateTime.UtcNow;
        _ = DateTimeOffset.Now;
        _ = DateTimeOffset.UtcNow;
        _ = typeof(Stopwatch);
        _ = Environment.TickCount;
        _ = Environment.TickCount64;
    }

    internal static void Randomness()
    {
        _ = typeof(Random);
        _ = Guid.NewGuid();
    }

    internal static void Threads()
    {
        _ = typeof(Thread);
        _ = typeof(ThreadPool);
        _ = Task.Run(Clocks);
        _ = Task.Run(() => Task.CompletedTask);
        _ = Task.CompletedTask.ConfigureAwait(false);
        _ = Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.None);
        _ = Task.FromResult(1).ConfigureAwait(false);
        _ = Task.FromResult(1).ConfigureAwait(ConfigureAwaitOptions.None);
        _ = default(ValueTask).ConfigureAwait(false);
        _ = default(ValueTask<int>).ConfigureAwait(false);
        _ = default(IAsyncDisposable)!.ConfigureAwait(false);
        _ = default(IAsyncEnumerable<int>)!.ConfigureAwait(false);
        _ = new CancellationTokenSource(TimeSpan.Zero);
        _ = new CancellationTokenSource(0);
        _ = typeof(SemaphoreSlim);
        _ = Task.Delay(TimeSpan.Zero);
        _ = Task.Delay(TimeSpan.Zero, CancellationToken.None);
        _ = Task.CompletedTask.WaitAsync(CancellationToken.None);
        _ = Task.FromResult(1).WaitAsync(CancellationToken.None);
    }

    internal static void Inputs()
    {
        _ = typeof(System.Net.Sockets.Socket);
        _ = typeof(File);
        _ = typeof(FileStream);
        _ = typeof(Directory);
        _ = typeof(Console);
    }

    internal static void WebFramework()
    {
        _ = typeof(Microsoft.AspNetCore.Http.HttpContext);
        _ = typeof(Microsoft.Extensions.Logging.ILogger);
    }
}
