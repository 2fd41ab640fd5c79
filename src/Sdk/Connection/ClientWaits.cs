using Piccolo.Client;
using Piccolo.Client.Objects;
using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Packets;

namespace Piccolo.Sdk.Connection;

/// <summary>Who waits for what of a connection's client core: answers, fetches, Interests to serve.</summary>
internal sealed class ClientWaits : IClientEvents, IDisposable
{
    private readonly TaskScheduler _scheduler;
    private readonly Dictionary<ulong, (TaskCompletionSource<DataAnswer> Wait, Instant Begun)> _answers = [];
    private readonly Dictionary<ulong, Func<Interest, CancellationToken, ValueTask<Data?>>> _handlers = [];
    private readonly Dictionary<ulong, SegmentStore> _stores = [];
    private readonly List<RunningFetch> _fetches = [];
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationToken _end;
    private PacketLoop? _loop;

    /// <summary>Nobody waits yet.</summary>
    /// <param name="scheduler">What runs handlers.</param>
    public ClientWaits(TaskScheduler scheduler)
    {
        _scheduler = scheduler;
        _end = _ended.Token;
    }

    /// <summary>Joins the loop that calls this.</summary>
    public void Join(PacketLoop loop) => _loop = loop;

    /// <summary>Completes a wait with the answer to an expressed Interest.</summary>
    public void WaitForAnswer(ulong id, TaskCompletionSource<DataAnswer> wait, Instant now) => _answers[id] = (wait, now);

    /// <summary>Forgets a wait for an answer that nobody wants any more.</summary>
    public void ForgetAnswer(ulong id) => _answers.Remove(id);

    /// <summary>How many waits there are; only inside the loop.</summary>
    public int Count => _answers.Count + _fetches.Count;

    /// <summary>Runs a handler for each Interest of a registration.</summary>
    public void Serve(ulong registration, Func<Interest, CancellationToken, ValueTask<Data?>> handler) => _handlers[registration] = handler;

    /// <summary>Answers the Interests of a registration from a store.</summary>
    public void Serve(ulong registration, SegmentStore store) => _stores[registration] = store;

    /// <summary>Serves a registration no longer.</summary>
    public void StopServing(ulong registration)
    {
        _handlers.Remove(registration);
        _stores.Remove(registration);
    }

    /// <summary>Follows a fetch until it ends.</summary>
    public void Follow(RunningFetch fetch) => _fetches.Add(fetch);

    /// <inheritdoc/>
    public void HandleEvent(in ClientEvent taken, List<Action> afterwards, Instant now)
    {
        if (taken.Kind == ClientEventKind.InterestReceived)
        {
            HandleInterest(taken, afterwards, now);
            return;
        }

        if (!_answers.Remove(taken.Id, out (TaskCompletionSource<DataAnswer> Wait, Instant Begun) waiting))
        {
            return;
        }

        ClientEvent told = taken;
        TimeSpan elapsed = now - waiting.Begun;
        afterwards.Add(told.Kind switch
        {
            ClientEventKind.DataReceived => () => waiting.Wait.TrySetResult(new DataAnswer(told.Data!, elapsed, told.CongestionMark)),
            ClientEventKind.Nacked => () => waiting.Wait.TrySetException(NackOf(told)),
            _ => () => waiting.Wait.TrySetException(
                new PiccoloException(PiccoloErrorKind.Timeout, $"nobody answered for {told.Interest!.GetWireName()} in time")),
        });
    }

    /// <inheritdoc/>
    public void HandleFetchers(List<Action> afterwards, Instant now)
    {
        for (int i = _fetches.Count - 1; i >= 0; i--)
        {
            if (_fetches[i].Advance(_loop!.Core, afterwards, now))
            {
                _fetches.RemoveAt(i);
            }
        }
    }

    /// <inheritdoc/>
    public void HandleClosed(List<Action> afterwards, string reason)
    {
        PiccoloException Error() => new(PiccoloErrorKind.Disconnected, $"the connection to the node ended: {reason}");
        foreach ((TaskCompletionSource<DataAnswer> wait, _) in _answers.Values)
        {
            afterwards.Add(() => wait.TrySetException(Error()));
        }

        foreach (RunningFetch fetch in _fetches)
        {
            afterwards.Add(() => fetch.Wait.TrySetException(Error()));
            fetch.Dispose();
        }

        _answers.Clear();
        _fetches.Clear();
        afterwards.Add(_ended.Cancel);
    }

    private static PiccoloException NackOf(ClientEvent told) => told.NackReason == NackReason.NoRoute
        ? new PiccoloException(PiccoloErrorKind.NoRoute, $"the network has no route to {told.Interest!.GetWireName()}")
        : new PiccoloException(
            PiccoloErrorKind.Nacked, $"the network refused the Interest {told.Interest!.GetWireName()}: {told.NackReason}");

    private void HandleInterest(ClientEvent taken, List<Action> afterwards, Instant now)
    {
        if (_stores.TryGetValue(taken.RegistrationId, out SegmentStore? store))
        {
            StoreLookup lookup = store.HandleInterest(taken.ReplyToken, taken.Interest!, now);
            while (store.TryTakeAnswer(out StoreAnswer answer))
            {
                _loop!.Core.Reply(answer.ReplyToken, answer.Data.Span, now);
            }

            if (lookup is StoreLookup.NotFound or StoreLookup.Busy)
            {
                _loop!.Core.Ignore(taken.ReplyToken);
            }
        }
        else if (_handlers.TryGetValue(taken.RegistrationId, out Func<Interest, CancellationToken, ValueTask<Data?>>? handler))
        {
            afterwards.Add(() => Task.Factory.StartNew(
                () => AnswerAsync(handler, taken), CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler));
        }
        else
        {
            _loop!.Core.Ignore(taken.ReplyToken);
        }
    }

    private async Task AnswerAsync(Func<Interest, CancellationToken, ValueTask<Data?>> handler, ClientEvent taken)
    {
        Data? data = null;
        try
        {
            data = await handler(taken.Interest!, _end);
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            return;
        }
        catch (Exception error)
        {
            HandlerFailed?.Invoke(error);
        }

        _loop!.TryEnter(now =>
        {
            if (data is null)
            {
                _loop.Core.Ignore(taken.ReplyToken);
            }
            else
            {
                _loop.Core.Reply(taken.ReplyToken, data.Wire.Span, now);
            }
        });
    }

    /// <summary>To be called once nothing can come any more.</summary>
    public void Dispose() => _ended.Dispose();

    /// <summary>Told of exceptions that handlers threw; the Interest then stays without an answer.</summary>
    public Action<Exception>? HandlerFailed { get; set; }
}
