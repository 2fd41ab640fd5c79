using Piccolo.Compute.Environments;
using Piccolo.Rice.Messages;

namespace Piccolo.Compute.Agent;

/// <summary>A function on its way into an environment.</summary>
internal sealed record Deployment(FunctionDescriptor Descriptor, IExecutionEnvironment Environment);
