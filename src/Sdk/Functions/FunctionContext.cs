using Piccolo.Ndn.Naming;

namespace Piccolo.Sdk.Functions;

/// <summary>What a running function knows of its call.</summary>
public sealed class FunctionContext
{
    private readonly Action<ulong>? _fuelCharged;
    private long _fuel;
    private volatile bool _isStopped;

    internal FunctionContext(Name function, CancellationToken cancellation, Action<ulong>? fuelCharged = null)
    {
        Function = function;
        Cancellation = cancellation;
        _fuelCharged = fuelCharged;
    }

    /// <summary>The name under which the function was called.</summary>
    public Name Function { get; }

    /// <summary>Cancelled when the call has run for as long as the server allows; a caller that gives up does not cancel it.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Fuel charged so far.</summary>
    public ulong FuelCharged => (ulong)Interlocked.Read(ref _fuel);

    /// <summary>Whether the call is to end; the token may say so a little later.</summary>
    internal bool IsStopped => _isStopped || Cancellation.IsCancellationRequested;

    /// <summary>Declares that the call has done work.</summary>
    /// <param name="fuel">Units of fuel: about one simple instruction each.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled meanwhile.</exception>
    public void Charge(uint fuel)
    {
        Interlocked.Add(ref _fuel, fuel);
        _fuelCharged?.Invoke(fuel);
        if (IsStopped)
        {
            throw new OperationCanceledException(Cancellation);
        }
    }

    internal void Stop() => _isStopped = true;
}
