namespace Piccolo.Rice.Client;

/// <summary>An argument of a call that is to be made.</summary>
/// <param name="Name">The parameter's name; empty when it goes by position.</param>
/// <param name="Cbor">Its CBOR octets; kept until the call ends.</param>
public readonly record struct SuppliedArgument(string Name, ReadOnlyMemory<byte> Cbor);
