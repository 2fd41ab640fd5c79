using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;

namespace Piccolo.Sim.Applications;

/// <summary>An attacker: fills the tables of pending Interests with random names under somebody's prefix.</summary>
public sealed class InterestFlooder : SimApplication
{
    private readonly InterestFlooderSettings _settings;
    private readonly byte[] _component;
    private Engine.SimTimer? _timer;

    /// <summary>An attacker that nothing has started.</summary>
    /// <exception cref="ScenarioException">A setting is impossible.</exception>
    public InterestFlooder(InterestFlooderSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.RandomOctets is < 1 or > 1024 || settings.CountMax < 0)
        {
            throw new ScenarioException(
                $"{settings.RandomOctets} random octets in a name and a count of {settings.CountMax} make no flood; "
                + "1 to 1024 octets and a count of 0 or more do");
        }

        if (settings.LifetimeMs is 0 or > uint.MaxValue)
        {
            throw new ScenarioException($"an InterestLifetime of {settings.LifetimeMs} ms is not possible; 1 to {uint.MaxValue} are");
        }

        _settings = settings;
        _component = new byte[settings.RandomOctets];
    }

    /// <inheritdoc/>
    public override string Name => "interest-flooder";

    /// <summary>Interests sent.</summary>
    public long SentCount { get; private set; }

    /// <summary>Refusals by the network.</summary>
    public long NackedCount { get; private set; }

    /// <inheritdoc/>
    protected override void OnStart()
    {
        _timer = CreateTimer(SendNext);
        SendNext();
    }

    /// <inheritdoc/>
    protected override void OnStop() => _timer?.Cancel();

    /// <inheritdoc/>
    protected override void OnNack(in LpHeaders headers, in InterestView interest) => NackedCount++;

    private void SendNext()
    {
        if (_settings.CountMax > 0 && SentCount >= _settings.CountMax)
        {
            return;
        }

        SentCount++;
        Random.Fill(_component);
        Send(new Interest
        {
            Name = _settings.Prefix.Append(NameComponent.Generic(_component)),
            Nonce = Random.NextUInt32(),
            LifetimeMs = _settings.LifetimeMs,
        }.Encode());
        _timer!.Set(Math.Max(1, _settings.Gap.Next(Random)));
    }
}
