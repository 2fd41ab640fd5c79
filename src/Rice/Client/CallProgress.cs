namespace Piccolo.Rice.Client;

/// <summary>How far a call is.</summary>
/// <param name="ArgumentOctetsServed">Octets of published arguments that the server was given.</param>
/// <param name="ArgumentOctetsTotal">Octets of published arguments.</param>
/// <param name="ResultOctetsReceived">Octets of a long result that arrived.</param>
/// <param name="ResultOctetsTotal">Octets of the long result; 0 while it is not being fetched.</param>
public readonly record struct CallProgress(
    long ArgumentOctetsServed, long ArgumentOctetsTotal, long ResultOctetsReceived, long ResultOctetsTotal);
