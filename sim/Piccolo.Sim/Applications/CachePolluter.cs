using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Sim.Engine;

namespace Piccolo.Sim.Applications;

/// <summary>An attacker: asks for unpopular contents, all alike, so that caches push out what others want.</summary>
/// <remarks>It takes what comes and never asks again: only the caches on the way matter to it.</remarks>
public sealed class CachePolluter : SimApplication
{
    private readonly CachePolluterSettings _settings;
    private SimTimer? _timer;

    /// <summary>An attacker that nothing has started.</summary>
    /// <exception cref="ScenarioException">A setting is impossible.</exception>
    public CachePolluter(CachePolluterSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.ContentCount < 1 || settings.FirstSequence < 0 || settings.FirstSequence > long.MaxValue - settings.ContentCount)
        {
            throw new ScenarioException(
                $"{settings.ContentCount} contents from number {settings.FirstSequence} on are no range; it needs at least 1 from 0 on");
        }

        if (settings.LifetimeMs is 0 or > uint.MaxValue)
        {
            throw new ScenarioException($"an InterestLifetime of {settings.LifetimeMs} ms is not possible; 1 to {uint.MaxValue} are");
        }

        _settings = settings;
    }

    /// <inheritdoc/>
    public override string Name => "cache-polluter";

    /// <summary>Interests sent.</summary>
    public long SentCount { get; private set; }

    /// <summary>Data that came.</summary>
    public long ReceivedCount { get; private set; }

    /// <inheritdoc/>
    protected override void OnStart()
    {
        _timer = CreateTimer(SendNext);
        SendNext();
    }

    /// <inheritdoc/>
    protected override void OnStop() => _timer?.Cancel();

    /// <inheritdoc/>
    protected override void OnData(in LpHeaders headers, in DataView data) => ReceivedCount++;

    private void SendNext()
    {
        ulong sequence = (ulong)_settings.FirstSequence + Draw.Below(Random, (ulong)_settings.ContentCount);
        SentCount++;
        Send(new Interest
        {
            Name = _settings.Prefix.Append(NameComponent.SequenceNumber(sequence)),
            Nonce = Random.NextUInt32(),
            LifetimeMs = _settings.LifetimeMs,
        }.Encode());
        _timer!.Set(Math.Max(1, _settings.Gap.Next(Random)));
    }
}
