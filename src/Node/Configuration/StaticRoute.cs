namespace Piccolo.Node.Configuration;

/// <summary>A route that the node makes when it starts.</summary>
/// <param name="Prefix">The name prefix, as a URI.</param>
/// <param name="Face">Where to, as a FaceUri; the face is made permanent.</param>
/// <param name="Cost">Its cost; the cheapest wins.</param>
public sealed record StaticRoute(string Prefix, string Face, ulong Cost);
