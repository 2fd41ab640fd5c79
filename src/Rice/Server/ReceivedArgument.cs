namespace Piccolo.Rice.Server;

/// <summary>An argument as it came: by name or by position, its octets complete and its digest checked.</summary>
/// <param name="Name">The parameter's name; empty when it goes by position.</param>
/// <param name="Cbor">The CBOR octets.</param>
public readonly record struct ReceivedArgument(string Name, ReadOnlyMemory<byte> Cbor);
