using Piccolo.Rice.Client;

namespace Piccolo.Sdk;

/// <summary>The verified result of a call.</summary>
/// <param name="Value">The result: null, bool, long, ulong, double, string, byte[], list or map.</param>
/// <param name="Cbor">The octets it was read from.</param>
/// <param name="Signer">The key that signed it.</param>
/// <param name="Elapsed">How long the call took.</param>
/// <param name="Trace">The steps of the exchange.</param>
public sealed record InvokeResult(object? Value, ReadOnlyMemory<byte> Cbor, string Signer, TimeSpan Elapsed, CallTrace Trace)
{
    /// <summary>Whether the answer was made for another Interest: a cache or the server's store of results answered.</summary>
    public bool IsFromCache => Trace.AnsweredBy == AnsweredBy.Cache;
}
