using Piccolo.Ndn;
using Piccolo.Ndn.Security;
using Piccolo.Sdk.Trust;

namespace Piccolo.Sdk;

/// <summary>What a client is given by its host: time, randomness, a scheduler, and whom to trust.</summary>
public sealed record PiccoloClientOptions
{
    /// <summary>Where the time comes from.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where randomness comes from; null for the operating system's.</summary>
    public IRandomSource? Random { get; init; }

    /// <summary>What runs slow work: functions, signing, verifying.</summary>
    public TaskScheduler Scheduler { get; init; } = TaskScheduler.Default;

    /// <summary>Whose results are believed when a call does not say.</summary>
    public IKeyTrust Trust { get; init; } = new PinnedKeys();

    /// <summary>What signs management commands.</summary>
    public ISigner CommandSigner { get; init; } = DigestSha256Signer.Instance;

    /// <summary>How long a management command may take.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
