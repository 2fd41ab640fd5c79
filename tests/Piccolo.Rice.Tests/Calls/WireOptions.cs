namespace Piccolo.Rice.Tests.Calls;

/// <summary>What the wire between caller and server does to packets.</summary>
internal sealed record WireOptions
{
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(5);

    public int JitterMs { get; init; }

    public int LossPercent { get; init; }

    public int DuplicatePercent { get; init; }

    public TimeSpan SignTime { get; init; }

    public TimeSpan VerifyTime { get; init; }
}
