using Piccolo.Sdk;

namespace Piccolo.Cli.Output;

/// <summary>Turns what a fetch reports into a part between 0 and 1 for a progress bar.</summary>
internal sealed class FetchProgressRelay(IProgress<double>? target) : IProgress<FetchProgress>
{
    private const long SegmentsWorthABar = 64;

    /// <inheritdoc/>
    public void Report(FetchProgress value)
    {
        if (target is not null && value.SegmentCount is { } count && count >= SegmentsWorthABar)
        {
            target.Report((double)value.SegmentsDone / count);
        }
    }
}
