using Piccolo.Ndn.Security;

namespace Piccolo.Rice.Server;

/// <summary>The sizes, times and identity of a RICE server.</summary>
public sealed record RiceServerOptions
{
    /// <summary>What the server's signatures say of themselves; the signatures are made outside.</summary>
    public required SignatureInfo SignatureInfo { get; init; }

    /// <summary>Unix milliseconds at <see cref="Ndn.Instant.Zero"/>; <see cref="RiceServerCore.HandleWallClock"/> corrects it.</summary>
    public ulong UnixTimeAtZeroMs { get; init; }

    /// <summary>Most jobs that pull arguments, wait or run.</summary>
    public int JobCountMax { get; init; } = 1024;

    /// <summary>Most jobs that run at once; the others wait in the order in which they became ready.</summary>
    public int RunningCountMax { get; init; } = 64;

    /// <summary>Most octets of one argument.</summary>
    public long ArgumentOctetsMax { get; init; } = 256L << 20;

    /// <summary>Most octets of the arguments of all jobs together.</summary>
    public long ArgumentOctetsTotalMax { get; init; } = 1L << 30;

    /// <summary>Most octets of one result.</summary>
    public long ResultOctetsMax { get; init; } = 256L << 20;

    /// <summary>Most octets of results that are kept for repeated calls; the longest unused go first.</summary>
    public long RetainedOctetsMax { get; init; } = 512L << 20;

    /// <summary>Most finished jobs that are kept.</summary>
    public int RetainedCountMax { get; init; } = 65_536;

    /// <summary>Most opaque requests that are remembered; beyond it opaque calls are refused as busy.</summary>
    public int JournalCountMax { get; init; } = 65_536;

    /// <summary>Most signatures that may be outstanding; Interests beyond it are dropped and counted.</summary>
    public int SignatureCountMax { get; init; } = 1024;

    /// <summary>Most Interests that wait for one job.</summary>
    public int WaiterCountMax { get; init; } = 32;

    /// <summary>How long a call Interest waits for a job that may end soon before it is answered with a thunk.</summary>
    public TimeSpan CallHoldMax { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a question about a thunk waits for a job that is expected to end; never over 3/4 of its lifetime.</summary>
    public TimeSpan ThunkHoldMax { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a job may pull arguments.</summary>
    public TimeSpan ArgumentTimeMax { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a job may run before it is cancelled.</summary>
    public TimeSpan JobTimeMax { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long the outcome of a job with a thunk is kept, at least.</summary>
    public TimeSpan ThunkRetention { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the failure of a pure call is handed out again before the call may run again.</summary>
    public TimeSpan FailureRetention { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest lifetime that an opaque call may ask for.</summary>
    public TimeSpan CallLifetimeMax { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How far the clock of a caller may differ from the server's.</summary>
    public TimeSpan ClockSkewMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>FreshnessPeriod of the descriptor of a pure function.</summary>
    public TimeSpan PureDescriptorFreshness { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>FreshnessPeriod of the descriptor of an opaque function: short, because it names the server's run.</summary>
    public TimeSpan OpaqueDescriptorFreshness { get; init; } = TimeSpan.FromSeconds(1);
}
