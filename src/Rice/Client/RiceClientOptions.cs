using Piccolo.Ndn.Naming;

namespace Piccolo.Rice.Client;

/// <summary>The sizes and times of a RICE client.</summary>
public sealed record RiceClientOptions
{
    /// <summary>A prefix by which the network can reach this client; without one, long arguments cannot be sent.</summary>
    public Name? ReplyPrefix { get; init; }

    /// <summary>Unix milliseconds at <see cref="Ndn.Instant.Zero"/>; <see cref="RiceClientCore.HandleWallClock"/> corrects it.</summary>
    public ulong UnixTimeAtZeroMs { get; init; }

    /// <summary>Most calls at once.</summary>
    public int CallCountMax { get; init; } = 65_536;

    /// <summary>Most octets of a result.</summary>
    public long ResultOctetsMax { get; init; } = 1L << 30;

    /// <summary>Most descriptors that are remembered; the longest unused go first.</summary>
    public int DescriptorCountMax { get; init; } = 256;

    /// <summary>How long the descriptor of a pure function is used again.</summary>
    public TimeSpan PureDescriptorLifetime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the descriptor of an opaque function is used again after its last use: short, because it names a run of the
    /// server, and a call to a run that has ended comes back as "outcome unknown".</summary>
    public TimeSpan OpaqueDescriptorLifetime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What a round trip is taken for until one was measured.</summary>
    public TimeSpan InitialRoundTrip { get; init; } = TimeSpan.FromMilliseconds(125);

    /// <summary>How long servers hold a call that may end soon; added to the two round trips after which a call is sent again.</summary>
    public TimeSpan HoldAllowance { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long servers hold a question about a job that outlasted its estimate; added likewise.</summary>
    public TimeSpan ThunkHoldAllowance { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>InterestLifetime of everything that is sent, at most.</summary>
    public TimeSpan InterestLifetime { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long an opaque call may wait to be accepted; servers remember it at least that long.</summary>
    public TimeSpan OpaqueCallLifetime { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>The longest time between two questions about a thunk.</summary>
    public TimeSpan ThunkPauseMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a thunk without a route is asked again before the call is given up.</summary>
    public int NoRouteCountMax { get; init; } = 6;
}
