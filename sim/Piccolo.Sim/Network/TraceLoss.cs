using Piccolo.Ndn;

namespace Piccolo.Sim.Network;

/// <summary>Loses what a trace says.</summary>
internal sealed class TraceLoss(LossTrace trace) : LossProcess
{
    private int _next;

    /// <inheritdoc/>
    public override bool IsLost(long nowNs, int octets, IRandomSource random) =>
        trace.Frames.Count > 0 ? IsNextFrameLost() : IsTimeLost(nowNs);

    private bool IsNextFrameLost()
    {
        if (_next == trace.Frames.Count)
        {
            if (!trace.Repeats)
            {
                return false;
            }

            _next = 0;
        }

        return trace.Frames[_next++];
    }

    private bool IsTimeLost(long nowNs)
    {
        long time = trace.Repeats ? nowNs % trace.PeriodNs : nowNs;
        if (_next > 0 && time < trace.Intervals[_next - 1].ToNs)
        {
            _next = 0;
        }

        while (_next < trace.Intervals.Count && trace.Intervals[_next].ToNs <= time)
        {
            _next++;
        }

        return _next < trace.Intervals.Count && trace.Intervals[_next].FromNs <= time;
    }
}
