using Piccolo.Ndn.Naming;

namespace Piccolo.Sdk.Functions;

/// <summary>What a running function knows of its call.</summary>
public sealed class FunctionContext
{
    private long _fuel;

    internal FunctionContext(Name function, CancellationToken cancellation)
    {
        Function = function;
        Cancellation = cancellation;
    }

    /// <summary>The name under which the function was called.</summary>
    public Name Function { get; }

    /// <summary>Cancelled when the call has run for as long as the server allows; a caller that gives up does not cancel it.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Fuel charged so far.</summary>
    public ulong FuelCharged => (ulong)Interlocked.Read(ref _fuel);

    /// <summary>Declares that the call has done work.</summary>
    /// <param name="fuel">Units of fuel: about one simple instruction each.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled meanwhile.</exception>
    public void Charge(uint fuel)
    {
        Interlocked.Add(ref _fuel, fuel);
        Cancellation.ThrowIfCancellationRequested();
    }
}
