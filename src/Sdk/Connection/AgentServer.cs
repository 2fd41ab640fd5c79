using Piccolo.Compute.Agent;
using Piccolo.Compute.Functions;
using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;
using Piccolo.Rice.Messages;

namespace Piccolo.Sdk.Connection;

/// <summary>A compute agent on a connection: has signatures made off the loop, and says which functions are served.</summary>
internal sealed class AgentServer(PacketLoop loop, ComputeAgent agent, ISigner signer, TaskScheduler scheduler) : IPacketCore
{
    private readonly Dictionary<Name, TaskCompletionSource> _deploying = [];

    /// <summary>The agent; only inside the loop.</summary>
    public ComputeAgent Agent => agent;

    /// <inheritdoc/>
    public Instant NextTimeout => agent.NextTimeout;

    /// <summary>Completes a wait when a function is served or failed to be; only inside the loop.</summary>
    public void WaitFor(Name function, TaskCompletionSource wait) => _deploying[function] = wait;

    /// <summary>Takes Interests under the names of functions; others are the application's, even where they look like calls.</summary>
    public bool HandleInterest(in LpHeaders headers, ReadOnlySpan<byte> packet, Instant now) =>
        IsUnderFunction(packet) && agent.HandleInterest(packet, now);

    /// <inheritdoc/>
    public bool HandleData(in LpHeaders headers, ReadOnlySpan<byte> packet, Instant now) => agent.HandleData(packet, now);

    /// <inheritdoc/>
    public bool HandleNack(in LpHeaders headers, ReadOnlySpan<byte> interest, Instant now) =>
        agent.HandleNack(interest, headers.NackReason, now);

    /// <inheritdoc/>
    public void HandleTimeout(Instant now) => agent.HandleTimeout(now);

    /// <inheritdoc/>
    public void HandleWallClock(ulong unixMs, Instant now) => agent.HandleWallClock(unixMs, now);

    /// <inheritdoc/>
    public bool TryTakeTransmit(out ReadOnlyMemory<byte> packet) => agent.TryTakeTransmit(out packet);

    /// <inheritdoc/>
    public void HandleEvents(List<Action> afterwards, Instant now)
    {
        while (agent.TryTakeEvent(out AgentEvent? report))
        {
            AgentEvent taken = report!;
            switch (taken.Kind)
            {
                case AgentEventKind.SignatureNeeded:
                    afterwards.Add(SigningOf(taken));
                    break;
                case AgentEventKind.FunctionServed when _deploying.Remove(taken.Function!, out TaskCompletionSource? served):
                    afterwards.Add(() => served.TrySetResult());
                    break;
                case AgentEventKind.DeploymentFailed when _deploying.Remove(taken.Function!, out TaskCompletionSource? failed):
                    CallError error = taken.Error!;
                    afterwards.Add(() => failed.TrySetException(new CallException(taken.Function!, error, null)));
                    break;
                default:
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public void HandleClosed(List<Action> afterwards, string reason)
    {
        foreach (TaskCompletionSource wait in _deploying.Values)
        {
            afterwards.Add(() => wait.TrySetException(
                new PiccoloException(PiccoloErrorKind.Disconnected, $"the connection to the node ended: {reason}")));
        }

        _deploying.Clear();
    }

    private bool IsUnderFunction(ReadOnlySpan<byte> packet)
    {
        if (InterestView.TryDecode(packet, out InterestView interest) != TlvStatus.Ok)
        {
            return false;
        }

        foreach (FunctionRegistration function in agent.Functions.All)
        {
            if (function.Descriptor.Name.IsPrefixOf(interest.Name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A signature is slow work, except a message authentication code or a digest.</summary>
    private Action SigningOf(AgentEvent wish)
    {
        bool isCheap = signer.Type is SignatureType.HmacWithSha256 or SignatureType.DigestSha256;
        return isCheap
            ? () => HandOver(wish, Sign(wish))
            : () => SlowWork.Start(scheduler, () => Sign(wish), signature => HandOver(wish, signature));
    }

    /// <summary>Makes a signature; null when the signer threw.</summary>
    private byte[]? Sign(AgentEvent wish)
    {
        byte[] signature = new byte[signer.MaxSignatureOctets];
        try
        {
            return signature[..signer.Sign(wish.Portion.Span, signature)];
        }
        catch (Exception)
        {
            // Whatever a signer throws, the server must hear that there is no signature: it counts and frees what waits.
            return null;
        }
    }

    private void HandOver(AgentEvent wish, byte[]? signature) => loop.TryEnter(now =>
    {
        if (signature is null)
        {
            agent.HandleSigningFailed(wish.Id);
        }
        else
        {
            agent.HandleSigned(wish.Id, signature, now);
        }
    });
}
