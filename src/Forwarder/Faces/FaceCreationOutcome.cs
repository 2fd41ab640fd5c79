namespace Piccolo.Forwarder.Faces;

/// <summary>How the host's attempt to make a face ended.</summary>
/// <param name="Face">The face, when there is one.</param>
/// <param name="IsExisting">Whether it was there before.</param>
/// <param name="Error">Why there is none; null when there is.</param>
public sealed record FaceCreationOutcome(FaceId? Face, bool IsExisting, string? Error);
