using Piccolo.Rice.Messages;

namespace Piccolo.Compute.Environments;

/// <summary>A function as it is brought into an environment.</summary>
/// <param name="Descriptor">What it is.</param>
/// <param name="Code">Its code in the environment's format; empty when the environment has it already, as in-process .NET does.</param>
public sealed record FunctionPackage(FunctionDescriptor Descriptor, ReadOnlyMemory<byte> Code);
