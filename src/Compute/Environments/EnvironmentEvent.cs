using Piccolo.Rice.Messages;

namespace Piccolo.Compute.Environments;

/// <summary>One report of an environment.</summary>
public sealed record EnvironmentEvent
{
    /// <summary>What happened.</summary>
    public required EnvironmentEventKind Kind { get; init; }

    /// <summary>The number of the operation, or of the call for <see cref="EnvironmentEventKind.Completed"/> and
    /// <see cref="EnvironmentEventKind.Progressed"/>.</summary>
    public ulong Id { get; init; }

    /// <summary>The instance concerned.</summary>
    public ulong InstanceId { get; init; }

    /// <summary>A call's result in CBOR, or a snapshot.</summary>
    public ReadOnlyMemory<byte> Octets { get; init; }

    /// <summary>Why a call or an operation failed.</summary>
    public CallError? Error { get; init; }

    /// <summary>Fuel that a call used.</summary>
    public ulong FuelUsed { get; init; }

    /// <summary>Thousandths of a call's work that are done.</summary>
    public ulong ProgressPermille { get; init; }

    /// <summary>A call that ended well.</summary>
    public static EnvironmentEvent Result(ulong invocationId, ReadOnlyMemory<byte> cbor, ulong fuelUsed = 0) =>
        new() { Kind = EnvironmentEventKind.Completed, Id = invocationId, Octets = cbor, FuelUsed = fuelUsed };

    /// <summary>A call that failed.</summary>
    public static EnvironmentEvent Failure(ulong invocationId, CallError error, ulong fuelUsed = 0) =>
        new() { Kind = EnvironmentEventKind.Completed, Id = invocationId, Error = error, FuelUsed = fuelUsed };
}
