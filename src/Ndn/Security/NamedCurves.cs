namespace Piccolo.Ndn.Security;

/// <summary>The elliptic curves in use on NDN, by their object identifiers.</summary>
internal static class NamedCurves
{
    public const string P256 = "1.2.840.10045.3.1.7";
    public const string P384 = "1.3.132.0.34";
    public const string P521 = "1.3.132.0.35";

    public static bool IsSupported(string? curve) => curve is P256 or P384 or P521;
}
