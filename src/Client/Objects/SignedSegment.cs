namespace Piccolo.Client.Objects;

/// <summary>A signed packet that is kept for whoever asks next.</summary>
internal sealed record SignedSegment(PublishedObject Object, ulong Segment, byte[] Wire);
