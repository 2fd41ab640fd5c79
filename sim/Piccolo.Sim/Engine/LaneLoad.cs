namespace Piccolo.Sim.Engine;

/// <summary>How many events each lane ran in the last windows; every thread counts for itself, and all come to the same.</summary>
/// <param name="lanes">How many lanes there are.</param>
internal sealed class LaneLoad(int lanes)
{
    private const double UnevenMin = 1.1;

    private readonly long[] _events = new long[lanes];
    private int _windows;

    /// <summary>Counts a lane's events of a window.</summary>
    public void Add(int lane, long events) => _events[lane] += events;

    /// <summary>Called at the end of a window: whether it is time to judge, and a lane has much more to do than the mean.</summary>
    /// <param name="windows">After how many windows to judge.</param>
    public bool IsUneven(int windows)
    {
        if (++_windows < windows)
        {
            return false;
        }

        _windows = 0;
        long most = 0;
        long sum = 0;
        for (int i = 0; i < _events.Length; i++)
        {
            most = Math.Max(most, _events[i]);
            sum += _events[i];
            _events[i] = 0;
        }

        return most * _events.Length > sum * UnevenMin;
    }
}
