namespace Piccolo.Sdk.Tests.Support;

/// <summary>How long a test waits for something that must happen; it never decides whether a test passes quickly.</summary>
internal static class Limits
{
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);
}
