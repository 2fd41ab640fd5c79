namespace Piccolo.Sim.Engine;

/// <summary>How many events each lane ran in the last windows; every thread counts for itself, and all come to the same.</summary>
internal struct LaneLoad
{
    private const double UnevenMin = 1.1;

    private readonly long[] _events;
    private readonly int _windows;
    private int _windowsLeft;

    /// <summary>Counts from nothing.</summary>
    /// <param name="lanes">How many lanes there are.</param>
    /// <param name="windows">After how many windows it judges.</param>
    public LaneLoad(int lanes, int windows)
    {
        _events = new long[lanes];
        _windows = windows;
        _windowsLeft = windows;
    }

    /// <summary>Counts a lane's events of a window.</summary>
    public readonly void Add(int lane, long events) => _events[lane] += events;

    /// <summary>Called at the end of a window: whether it is time to judge, and a lane has much more to do than the mean.</summary>
    public bool IsUneven()
    {
        if (--_windowsLeft > 0)
        {
            return false;
        }

        _windowsLeft = _windows;
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
