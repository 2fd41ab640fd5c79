using Piccolo.Compute.Functions;
using Piccolo.Ndn;
using Piccolo.Rice.Messages;

namespace Piccolo.Compute.Environments;

/// <summary>One call that an environment is to run.</summary>
/// <param name="Id">The number under which it is reported and cancelled.</param>
/// <param name="InstanceId">The instance that runs it.</param>
/// <param name="Descriptor">The function.</param>
/// <param name="Arguments">Its arguments, one for each parameter, types checked.</param>
/// <param name="Deadline">When it is cancelled if it has not ended.</param>
public sealed record Invocation(
    ulong Id,
    ulong InstanceId,
    FunctionDescriptor Descriptor,
    IReadOnlyList<BoundArgument> Arguments,
    Instant Deadline);
