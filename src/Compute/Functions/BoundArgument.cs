using Piccolo.Rice.Messages;

namespace Piccolo.Compute.Functions;

/// <summary>An argument at its place, with a value of the declared type.</summary>
/// <param name="Parameter">The parameter it is for.</param>
/// <param name="Value">Its value, as <see cref="Values.ValueCodec"/> reads it.</param>
/// <param name="Cbor">The octets it was read from, for environments of other languages.</param>
public sealed record BoundArgument(ParameterDescriptor Parameter, object? Value, ReadOnlyMemory<byte> Cbor);
