using Piccolo.Compute.Environments;
using Piccolo.Rice.Messages;

namespace Piccolo.Compute.Functions;

/// <summary>A function that this node runs, and where.</summary>
/// <param name="Descriptor">What it is.</param>
/// <param name="Environment">The environment that runs it.</param>
/// <param name="InstanceId">The environment's number of the running instance.</param>
public sealed record FunctionRegistration(FunctionDescriptor Descriptor, IExecutionEnvironment Environment, ulong InstanceId);
