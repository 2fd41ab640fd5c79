using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Tests.Model;

internal sealed record NaiveFace(FaceId Id, bool IsLocal, LinkType Type);

internal sealed class NaiveHop
{
    public required NaiveFace Face { get; init; }

    public required ulong Cost { get; init; }
}

internal sealed record NaiveInterest(
    Name Name, bool CanBePrefix, bool MustBeFresh, uint Nonce, long LifetimeMs, byte? HopLimit, string[] Hint, string Token);

internal sealed record NaiveData(Name Name, long FreshnessMs, string Digest, byte[] Packet);

internal sealed class NaiveIn
{
    public required NaiveFace Face { get; init; }

    public required NaiveInterest Interest { get; set; }

    public long RenewedMs { get; set; }

    public long ExpiryMs => RenewedMs + Interest.LifetimeMs;
}

internal sealed class NaiveOut
{
    public required NaiveFace Face { get; init; }

    public uint Nonce { get; set; }

    public long RenewedMs { get; set; }

    public long ExpiryMs { get; set; }

    public NackReason? Nack { get; set; }

    public long IntervalMs { get; set; } = 10;
}

internal sealed class NaivePending
{
    public required Name Name { get; init; }

    public required bool CanBePrefix { get; init; }

    public required bool MustBeFresh { get; init; }

    public List<NaiveIn> In { get; } = [];

    public List<NaiveOut> Out { get; } = [];

    public long ExpiryMs { get; set; }

    public long IntervalMs { get; set; } = 10;

    public bool IsMulticast { get; set; }

    public bool IsDone { get; set; }

    public bool IsSatisfied { get; set; }

    public bool KeepsNonces { get; set; }
}

internal sealed class NaiveCached
{
    public required NaiveData Data { get; init; }

    public long? FreshUntilMs { get; set; }
}
