using Piccolo.Ndn;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Network;

/// <summary>Random early detection: drops arrivals the likelier the longer the averaged queue, before it is full.</summary>
/// <remarks>
/// All in integers: the average has 32 binary places, weights and probabilities too. While the queue is empty the average decays as if
/// packets of the mean size had met an empty queue. The queue counts as empty since its last frame began to be sent, which is
/// reckoned from the rate, so that no departures need be told.
/// Source: Floyd and Jacobson, "Random Early Detection Gateways for Congestion Avoidance", 1993; Floyd, "Recommendation on using the
/// gentle variant of RED", 2000; spacing of drops ("wait") and defaults as in ns-2 and ns-3.
/// </remarks>
internal sealed class RedQueue : QueueDiscipline
{
    private const int FractionBits = 32;
    private const ulong One = 1UL << FractionBits;
    private const double Scale = One;

    private readonly DropTailQueue _limit;
    private readonly ulong _minThreshold;
    private readonly ulong _maxThreshold;
    private readonly ulong _maxProbability;
    private readonly ulong _weight;
    private readonly bool _isGentle;
    private readonly bool _waits;
    private readonly long _rateBps;
    private readonly long _meanPacketNs;

    private ulong _average;
    private long _sinceDrop;
    private bool _wasAboveMin;
    private long _emptySinceNs;
    private long _busyUntilNs;

    public RedQueue(QueueSettings settings, long rateBps)
    {
        _limit = new DropTailQueue(settings);
        _minThreshold = (ulong)(settings.RedMinThreshold * Scale);
        _maxThreshold = Math.Max((ulong)(settings.RedMaxThreshold * Scale), _minThreshold + 1);
        _maxProbability = (ulong)(settings.RedMaxProbability * Scale);
        _weight = Math.Max((ulong)(settings.RedWeight * Scale), 1);
        _isGentle = settings.RedGentle;
        _waits = settings.RedWait;
        _rateBps = rateBps;
        _meanPacketNs = Math.Max(TransmissionNs(settings.MeanPacketOctets), 1);
    }

    /// <summary>The averaged queue, in packets with 32 binary places.</summary>
    public ulong Average => _average;

    /// <inheritdoc/>
    public override QueueVerdict OnArrival(long nowNs, int queuedPackets, long queuedOctets, int octets, IRandomSource random)
    {
        UpdateAverage(nowNs, queuedPackets);
        _sinceDrop++;
        if (IsDroppedEarly(queuedPackets, random)
            || _limit.OnArrival(nowNs, queuedPackets, queuedOctets, octets, random) == QueueVerdict.Drop)
        {
            _sinceDrop = 0;
            return QueueVerdict.Drop;
        }

        _emptySinceNs = Math.Max(nowNs, _busyUntilNs);
        _busyUntilNs = _emptySinceNs + TransmissionNs(octets);
        return QueueVerdict.Forward;
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        _average = 0;
        _sinceDrop = 0;
        _wasAboveMin = false;
        _emptySinceNs = 0;
        _busyUntilNs = 0;
    }

    /// <summary>The probability of an early drop at an average, before drops are spaced; with 32 binary places.</summary>
    internal ulong ProbabilityAt(ulong average)
    {
        if (average < _minThreshold)
        {
            return 0;
        }

        if (average < _maxThreshold)
        {
            return (ulong)((UInt128)_maxProbability * (average - _minThreshold) / (_maxThreshold - _minThreshold));
        }

        if (!_isGentle || average >= 2 * _maxThreshold)
        {
            return One;
        }

        return _maxProbability + (ulong)((UInt128)(One - _maxProbability) * (average - _maxThreshold) / _maxThreshold);
    }

    /// <summary>
    /// The probability after spacing: without waiting p / (1 - n p), evenly spread over 1/p packets; with it over the next 1/p.
    /// </summary>
    /// <param name="probability">Before, with 32 binary places.</param>
    /// <param name="sinceDrop">Packets since the last drop.</param>
    internal ulong Spaced(ulong probability, long sinceDrop)
    {
        UInt128 passed = (UInt128)probability * (ulong)sinceDrop;
        UInt128 horizon = _waits ? 2 * One : One;
        if (_waits && passed < One)
        {
            return 0;
        }

        return passed + probability >= horizon ? One : (ulong)(((UInt128)probability << FractionBits) / (horizon - passed));
    }

    private void UpdateAverage(long nowNs, int queuedPackets)
    {
        if (queuedPackets == 0 && nowNs > _emptySinceNs)
        {
            ulong missed = (ulong)((nowNs - _emptySinceNs) / _meanPacketNs);
            _average = (ulong)(((UInt128)_average * Power(One - _weight, missed)) >> FractionBits);
            _emptySinceNs = nowNs;
        }

        ulong length = (ulong)queuedPackets << FractionBits;
        if (length >= _average)
        {
            _average += (ulong)(((UInt128)(length - _average) * _weight) >> FractionBits);
        }
        else
        {
            _average -= (ulong)(((UInt128)(_average - length) * _weight) >> FractionBits);
        }
    }

    private bool IsDroppedEarly(int queuedPackets, IRandomSource random)
    {
        if (_average < _minThreshold || queuedPackets <= 1)
        {
            _wasAboveMin = false;
            return false;
        }

        ulong probability = ProbabilityAt(_average);
        if (probability >= One)
        {
            return true;
        }

        if (!_wasAboveMin)
        {
            _wasAboveMin = true;
            _sinceDrop = 1;
            return false;
        }

        ulong spaced = Spaced(probability, _sinceDrop);
        return spaced != 0 && random.NextUInt32() < spaced;
    }

    private long TransmissionNs(int octets) => _rateBps == 0 ? 0 : (long)((Int128)octets * 8_000_000_000 / _rateBps);

    /// <summary>A fraction to a power, by squaring; at most 64 rounds.</summary>
    private static ulong Power(ulong fraction, ulong exponent)
    {
        ulong result = One;
        for (; exponent != 0 && result != 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
            {
                result = (ulong)(((UInt128)result * fraction) >> FractionBits);
            }

            fraction = (ulong)(((UInt128)fraction * fraction) >> FractionBits);
        }

        return result;
    }
}
