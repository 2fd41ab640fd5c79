using Piccolo.Sdk;

namespace Piccolo.Cli.Output;

/// <summary>Turns what a fetch reports into a part between 0 and 1 for a progress bar.</summary>
internal sealed class FetchProgressRelay(IProgress<double>? target) : IProgress<FetchProgressReport>
{
    private const long SegmentsWorthABar = 64;

    /// <inheritdoc/>
    public void Report(FetchProgressReport value)
    {
        if (target is not null && value.SegmentCount is { } count && count >= (ulong)SegmentsWorthABar)
        {
            target.Report((double)value.SegmentsDone / count);
        }
    }
}
