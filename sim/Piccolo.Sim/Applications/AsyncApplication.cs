using Piccolo.Ndn.Buffers;
using Piccolo.Ndn.Security;
using Piccolo.Sdk;
using Piccolo.Sdk.Trust;
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
    private PiccoloClient? _client;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource? _stop;

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

    /// <summary>Waits to the nanosecond, in the network's time; <see cref="Task.Delay(TimeSpan, TimeProvider)"/> cuts to ms.</summary>
    /// <param name="delayNs">How long.</param>
    /// <param name="stop">Ends the wait.</param>
    protected Task WaitAsync(long delayNs, CancellationToken stop = default)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        SimTimer timer = Schedule(delayNs, () => end.TrySetResult());
        return stop.CanBeCanceled ? WaitAsync(end, timer, stop) : end.Task;
    }

    /// <summary>A signer that charges the node's processor for each signature.</summary>
    /// <param name="signer">What signs; must sign alike on every machine.</param>
    protected ISigner Charged(ISigner signer) => new ChargedSigner(signer, Node);

    /// <inheritdoc/>
    protected sealed override void OnStart()
    {
        Node.EnsureManagement();
        Time = new NodeTimeProvider(Node);
        _link = new ApplicationLink(Node, Face);
        _client = PiccoloClient.Start(_link, ClientOptions);
        Node.Network.WatchEscapes().Start(Node, () => Begin(RunToEndAsync));
    }

    /// <inheritdoc/>
    protected sealed override void OnStop() => Node.Network.WatchEscapes().Start(Node, () => Begin(StopAsync));

    /// <summary>A trust that charges the node's processor for each signature that it checks.</summary>
    /// <param name="trust">Who is believed.</param>
    protected IKeyTrust Charged(IKeyTrust trust) => new ChargedTrust(trust, Node);

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

    private static async Task WaitAsync(TaskCompletionSource end, SimTimer timer, CancellationToken stop)
    {
        using (stop.Register(() =>
        {
            timer.Cancel();
            end.TrySetCanceled(stop);
        }))
        {
            await end.Task;
        }
    }

    private void Begin(Func<Task> run) => _ = Task.Factory.StartNew(
        () => WatchAsync(run), CancellationToken.None, TaskCreationOptions.DenyChildAttach, Scheduler);

    private async Task WatchAsync(Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (Exception error)
        {
            Node.Network.ReportFault(Node, error);
        }
    }

    private async Task RunToEndAsync()
    {
        using var stop = new CancellationTokenSource();
        _stop = stop;
        try
        {
            await RunAsync(_client!, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // That is how it was asked to end.
            return;
        }
        finally
        {
            _stop = null;
            _ended.TrySetResult();
        }
    }

    /// <summary>Asks the application to end; the connection lives until it has, so that it can say good-bye.</summary>
    private async Task StopAsync()
    {
        _stop?.Cancel();
        await _ended.Task;
        await _client!.DisposeAsync();
        Node.CloseFace(Face);
    }
}
