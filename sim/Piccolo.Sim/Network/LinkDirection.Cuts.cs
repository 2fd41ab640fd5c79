namespace Piccolo.Sim.Network;

/// <content>What a cut of the link, or the end of its sender, loses.</content>
/// <remarks>
/// Arrivals are posted when a frame is sent; those of lost frames still come, carry an epoch that has passed, and count nothing: their
/// frames were counted as dropped when they were lost.
/// </remarks>
public sealed partial class LinkDirection
{
    private Queue<(long DepartureNs, int More)>? _copies;
    private List<(int Epoch, long TimeNs)>? _stops;

    /// <summary>The sender lost its power: what it had sent travels on, what waits or is half sent is lost. From a control event.</summary>
    internal void StopSending()
    {
        long nowNs = NowNs;
        if (!_isTransmitting && _freeNs <= nowNs)
        {
            _discipline.Reset();
            return;
        }

        long unsent = CountUnsent(nowNs);
        _droppedAtFrom += unsent;
        _onTheWayEnded += unsent;
        _stops ??= [];
        _stops.RemoveAll(stop => stop.TimeNs + _settings.DelayNs + _settings.Faults.ReorderDelayNs < nowNs);
        _stops.Add((_epoch, nowNs));
        EmptyTransmitter();
    }

    private void LoseAll()
    {
        _droppedAtFrom += _onTheWayPosted - _onTheWayEnded;
        _onTheWayEnded = _onTheWayPosted;
        _stops?.Clear();
        EmptyTransmitter();
    }

    private void EmptyTransmitter()
    {
        _epoch++;
        _busyNs -= Math.Max(0, _freeNs - NowNs);
        _freeNs = 0;
        _waiting = 0;
        _waitingOctets = 0;
        _copies?.Clear();
        _isTransmitting = false;
        long waiting = _evented?.Clear() ?? 0;
        _queuedNow -= waiting;
        _droppedAtFrom += waiting;
        _discipline.Reset();
    }

    /// <summary>Whether a frame of an earlier epoch had left its sender when that lost its power.</summary>
    private bool IsAliveStill(long argument, long nowNs)
    {
        if (_stops is null)
        {
            return false;
        }

        int epoch = (int)(argument >> 32);
        long departedNs = nowNs - _settings.DelayNs - ((argument & LateFlag) == 0 ? 0 : _settings.Faults.ReorderDelayNs);
        foreach ((int stopped, long timeNs) in _stops)
        {
            if (stopped == epoch)
            {
                return departedNs <= timeNs;
            }
        }

        return false;
    }

    /// <summary>Arrivals that are posted of frames that have not left yet.</summary>
    private long CountUnsent(long nowNs)
    {
        long unsent = _freeNs > nowNs ? 1 : 0;
        if (_evented is null)
        {
            ForgetDeparted(nowNs);
            unsent = _waiting;
        }

        foreach ((long departureNs, int more) in _copies ?? [])
        {
            unsent += departureNs > nowNs ? more : 0;
        }

        return unsent;
    }

    /// <summary>Remembers that a frame which is not sent yet arrives not once but twice, or never.</summary>
    /// <remarks>Bound: the frames that wait for the transmitter.</remarks>
    private void NoteCopies(long departureNs, int more)
    {
        long nowNs = NowNs;
        while (_copies is not null && _copies.TryPeek(out (long DepartureNs, int More) first) && first.DepartureNs <= nowNs)
        {
            _copies.Dequeue();
        }

        if (departureNs > nowNs)
        {
            (_copies ??= new Queue<(long DepartureNs, int More)>()).Enqueue((departureNs, more));
        }
    }
}
