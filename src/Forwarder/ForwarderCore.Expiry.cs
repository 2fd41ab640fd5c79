using Piccolo.Forwarder.Tables;
using Piccolo.Ndn;

namespace Piccolo.Forwarder;

/// <content>How long an Interest stays pending, and its end.</content>
public sealed partial class ForwarderCore
{
    private void SetExpiry(int entry, int record, ulong lifetimeMs, Instant now)
    {
        long lifetime = (long)Math.Min(lifetimeMs, _options.InterestLifetimeMsMax) * 1_000_000;
        ref InRecord renewed = ref _pit.In(record);
        renewed.RenewedNanoseconds = now.Nanoseconds;
        renewed.ExpiryNanoseconds = now.Nanoseconds + lifetime;
        long latest = 0;
        for (int other = _pit.Entry(entry).InHead; other >= 0; other = _pit.In(other).Next)
        {
            latest = Math.Max(latest, _pit.In(other).ExpiryNanoseconds);
        }

        _pit.Timers.Arm(entry, new Instant(latest));
    }

    private void FinishIfDone(int entry, Instant now)
    {
        if ((_pit.Entry(entry).Flags & PitFlags.ExpireNow) != 0)
        {
            FinishEntry(entry, now);
        }
    }

    /// <summary>The end of a pending Interest: remembers nonces where a copy could still come back.</summary>
    private void FinishEntry(int entry, Instant now)
    {
        ref PitEntry pending = ref _pit.Entry(entry);
        bool isSatisfied = (pending.Flags & PitFlags.Satisfied) != 0;
        if (!isSatisfied || (pending.Flags & PitFlags.CopyMissesCache) != 0)
        {
            for (int record = pending.OutHead; record >= 0; record = _pit.Out(record).Next)
            {
                _deadNonces.Add(pending.Hash, _pit.Out(record).Nonce, now);
            }
        }

        if (isSatisfied)
        {
            Counters.SatisfiedInterests++;
        }
        else
        {
            Counters.UnsatisfiedInterests++;
        }

        _pit.Remove(entry);
    }
}
