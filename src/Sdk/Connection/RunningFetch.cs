using Piccolo.Client;
using Piccolo.Client.Fetching;
using Piccolo.Ndn;

namespace Piccolo.Sdk.Connection;

/// <summary>A fetch that somebody waits for: gathers the segments in order.</summary>
internal sealed class RunningFetch(
    SegmentFetcher fetcher, TaskCompletionSource<FetchedObject> wait, IProgress<FetchProgressReport>? progress, Instant begun)
    : IDisposable
{
    /// <summary>What fits into an array; larger objects are for callers that take segments themselves.</summary>
    public const ulong OctetsMax = 0x7FF00000;

    private readonly MemoryStream _content = new();
    private ulong _reported;

    /// <summary>The wait.</summary>
    public TaskCompletionSource<FetchedObject> Wait => wait;

    /// <summary>Gives the fetch up.</summary>
    public void Cancel() => fetcher.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        fetcher.Dispose();
        _content.Dispose();
    }

    /// <summary>Takes what came; true when the fetch has ended.</summary>
    public bool Advance(ClientCore core, List<Action> afterwards, Instant now)
    {
        bool took = false;
        while (fetcher.TryTakeSegment(out FetchedSegment segment))
        {
            took = true;
            _content.Write(segment.Data.Content.Span);
        }

        while (fetcher.TryTakeEvent(out FetchEvent taken))
        {
            if (taken.Kind == FetchEventKind.Completed)
            {
                var done = new FetchedObject(
                    fetcher.ObjectName, _content.ToArray(), now - begun, fetcher.Progress.Retransmissions);
                afterwards.Add(() => wait.TrySetResult(done));
                Dispose();
                return true;
            }

            if (taken.Kind == FetchEventKind.Failed)
            {
                FetchError error = taken.Error!;
                afterwards.Add(() => wait.TrySetException(new FetchException(error)));
                Dispose();
                return true;
            }
        }

        if (took)
        {
            core.Pump(now);
            Report(afterwards);
        }

        return false;
    }

    private void Report(List<Action> afterwards)
    {
        ulong received = fetcher.Progress.SegmentsReceived;
        if (progress is null || received < _reported + 16)
        {
            return;
        }

        _reported = received;
        var report = new FetchProgressReport(received, fetcher.LastSegment is { } last ? last + 1 : null, fetcher.Progress.OctetsInOrder);
        afterwards.Add(() => progress.Report(report));
    }
}
