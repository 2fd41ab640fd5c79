using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Rice.Client;
using Piccolo.Sdk.Trust;

namespace Piccolo.Sdk.Connection;

/// <summary>The caller's end of RICE on a connection: waits for the ends of calls, and has signatures checked off the loop.</summary>
internal sealed class RiceCaller(PacketLoop loop, RiceClientCore core, TaskScheduler scheduler) : IPacketCore
{
    private readonly Dictionary<ulong, (TaskCompletionSource<RiceClientEvent> Wait, IKeyTrust Trust)> _waits = [];

    /// <inheritdoc/>
    public Instant NextTimeout => core.NextTimeout;

    /// <summary>Begins a call; only inside the loop.</summary>
    /// <param name="request">The call.</param>
    /// <param name="trust">Who is believed.</param>
    /// <param name="wait">Completed with the call's end.</param>
    /// <param name="now">The time.</param>
    /// <returns>The number of the call.</returns>
    public ulong Begin(CallRequest request, IKeyTrust trust, TaskCompletionSource<RiceClientEvent> wait, Instant now)
    {
        ulong id = core.Call(request, now);
        _waits[id] = (wait, trust);
        return id;
    }

    /// <summary>How far a call is; only inside the loop.</summary>
    public bool TryGetProgress(ulong id, out CallProgress progress) => core.TryGetProgress(id, out progress);

    /// <summary>Gives a call up; only inside the loop.</summary>
    public void Abandon(ulong id, Instant now) => core.Abandon(id, now);

    /// <summary>Uses a descriptor that was fetched and verified by itself; only inside the loop.</summary>
    public void Learn(Rice.Messages.FunctionDescriptor descriptor, Instant now) => core.HandleDescriptor(descriptor, now);

    /// <inheritdoc/>
    public bool HandleInterest(in LpHeaders headers, ReadOnlySpan<byte> packet, Instant now) => core.HandleInterest(packet, now);

    /// <inheritdoc/>
    public bool HandleData(in LpHeaders headers, ReadOnlySpan<byte> packet, Instant now) => core.HandleData(packet, now);

    /// <inheritdoc/>
    public bool HandleNack(in LpHeaders headers, ReadOnlySpan<byte> interest, Instant now) =>
        core.HandleNack(interest, headers.NackReason, now);

    /// <inheritdoc/>
    public void HandleTimeout(Instant now) => core.HandleTimeout(now);

    /// <inheritdoc/>
    public void HandleWallClock(ulong unixMs, Instant now) => core.HandleWallClock(unixMs, now);

    /// <inheritdoc/>
    public bool TryTakeTransmit(out ReadOnlyMemory<byte> packet) => core.TryTakeTransmit(out packet);

    /// <inheritdoc/>
    public void HandleEvents(List<Action> afterwards, Instant now)
    {
        while (core.TryTakeEvent(out RiceClientEvent? report))
        {
            RiceClientEvent taken = report!;
            if (taken.Kind == RiceClientEventKind.VerifyNeeded)
            {
                Verify(taken, afterwards);
            }
            else if (_waits.Remove(taken.Id, out (TaskCompletionSource<RiceClientEvent> Wait, IKeyTrust Trust) ended))
            {
                afterwards.Add(() => ended.Wait.TrySetResult(taken));
            }
        }
    }

    /// <inheritdoc/>
    public void HandleClosed(List<Action> afterwards, string reason)
    {
        foreach ((TaskCompletionSource<RiceClientEvent> wait, _) in _waits.Values)
        {
            afterwards.Add(() => wait.TrySetException(
                new PiccoloException(PiccoloErrorKind.Disconnected, $"the connection to the node ended: {reason}")));
        }

        _waits.Clear();
    }

    private void Verify(RiceClientEvent wish, List<Action> afterwards)
    {
        if (!_waits.TryGetValue(wish.CallId, out (TaskCompletionSource<RiceClientEvent> Wait, IKeyTrust Trust) call))
        {
            return;
        }

        bool isCheap = wish.Data!.SignatureInfo.Type == SignatureType.HmacWithSha256;
        afterwards.Add(isCheap
            ? () => HandOver(wish, CheckTrust(call.Trust, wish.Data))
            : () => SlowWork.Start(scheduler, () => CheckTrust(call.Trust, wish.Data), verdict => HandOver(wish, verdict)));
    }

    private void HandOver(RiceClientEvent wish, TrustVerdict verdict)
    {
        string detail = verdict.IsTrusted ? verdict.Signer : verdict.Reason;
        loop.TryEnter(now => core.HandleVerified(wish.Id, verdict.IsTrusted, now, detail));
    }

    /// <summary>A trust that throws trusts nothing; the caller is told why.</summary>
    private static TrustVerdict CheckTrust(IKeyTrust trust, Data data)
    {
        try
        {
            return trust.Check(data);
        }
        catch (Exception error)
        {
            return new TrustVerdict(false, "an unchecked key", $"checking its signature failed: {error.Message}");
        }
    }
}
