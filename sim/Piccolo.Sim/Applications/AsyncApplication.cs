using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Security;
using Piccolo.Sdk;
using Piccolo.Sim.Engine;

namespace Piccolo.Sim.Applications;

/// <summary>An application of a simulated node in ordinary <c>async</c> code on the Piccolo SDK, in virtual time.</summary>
/// <remarks>
/// The code that runs on a machine runs here: <c>await client.InvokeAsync(...)</c>, <c>Task.Delay(..., Time)</c>. Take time from
/// <see cref="Time"/>, randomness from <see cref="SimApplication.Random"/>, and leave out <c>ConfigureAwait(false)</c> and
/// <c>Task.Run</c>: code that continues on another thread is refused.
/// </remarks>
public abstract class AsyncApplication : SimApplication
{
    private ApplicationLink? _link;
    private Action? _cancel;

    /// <summary>The node's clock.</summary>
    protected TimeProvider Time { get; private set; } = TimeProvider.System;

    /// <summary>Runs the application's tasks, one at a time.</summary>
    protected TaskScheduler Scheduler => Node.Scheduler;

    /// <summary>The application: returns when it has nothing more to do.</summary>
    /// <param name="client">A connection to the node.</param>
    /// <param name="stop">Cancelled when the application is to stop.</param>
    protected abstract Task RunAsync(PiccoloClient client, CancellationToken stop);

    /// <summary>What the client is made with; override for trust of your own.</summary>
    protected virtual PiccoloClientOptions ClientOptions => new()
    {
        TimeProvider = Time,
        Random = Random,
        Scheduler = Scheduler,
    };

    /// <summary>A signer that charges the node's processor for each signature.</summary>
    /// <param name="signer">What signs; must sign alike on every machine.</param>
    protected ISigner Charged(ISigner signer) => new ChargedSigner(signer, Node);

    /// <inheritdoc/>
    protected sealed override void OnStart()
    {
        Node.EnsureManagement();
        Time = new NodeTimeProvider(Node);
        _link = new ApplicationLink(Node, Face);
        PiccoloClient client = PiccoloClient.Start(_link, ClientOptions);
        _ = Task.Factory.StartNew(
            () => WatchAsync(client), CancellationToken.None, TaskCreationOptions.DenyChildAttach, Scheduler);
    }

    /// <inheritdoc/>
    protected sealed override void OnStop() => _cancel?.Invoke();

    /// <inheritdoc/>
    internal sealed override void Take(FrameLease frame)
    {
        if (_link is null)
        {
            frame.Dispose();
        }
        else
        {
            _link.Deliver(frame);
        }
    }

    private async Task WatchAsync(PiccoloClient client)
    {
        using var stop = new CancellationTokenSource();
        _cancel = stop.Cancel;
        try
        {
            await RunAsync(client, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // That is how it was asked to end.
            return;
        }
        catch (Exception error)
        {
            Node.Network.ReportFault(Node, error);
        }
        finally
        {
            _cancel = null;
        }
    }
}
