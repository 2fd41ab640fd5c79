using Piccolo.Sim.Nodes;

namespace Piccolo.Sim.Engine;

/// <summary>A node's own idea of the time: virtual, and as wrong as its clock is.</summary>
internal sealed class NodeTimeProvider(SimNode node) : TimeProvider
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerTick = 100;

    /// <inheritdoc/>
    public override long TimestampFrequency => NanosecondsPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long GetTimestamp() => node.Clock.Local(node.NowNs).Nanoseconds;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() =>
        DateTimeOffset.UnixEpoch.AddTicks(node.Clock.UnixNs(node.NowNs) / NanosecondsPerTick);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(node, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class VirtualTimer : ITimer
    {
        private readonly SimNode _node;
        private readonly SimTimer _timer;
        private long _periodNs = -1;
        private bool _isDisposed;

        public VirtualTimer(SimNode node, TimerCallback callback, object? state)
        {
            _node = node;
            _timer = new SimTimer(node, () =>
            {
                if (_periodNs > 0)
                {
                    _timer!.Set(_node.Clock.ToGlobalDelay(_periodNs));
                }

                callback(state);
            });
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _node.CheckThread();
            if (_isDisposed)
            {
                return false;
            }

            _periodNs = period == Timeout.InfiniteTimeSpan ? -1 : checked(period.Ticks * NanosecondsPerTick);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                _timer.Cancel();
            }
            else
            {
                _timer.Set(_node.Clock.ToGlobalDelay(checked(dueTime.Ticks * NanosecondsPerTick)));
            }

            return true;
        }

        public void Dispose()
        {
            _isDisposed = true;
            _timer.Cancel();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
