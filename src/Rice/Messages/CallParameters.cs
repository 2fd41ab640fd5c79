using Piccolo.Ndn.Tlv;

namespace Piccolo.Rice.Messages;

/// <summary>What a call Interest carries in its ApplicationParameters.</summary>
/// <remarks>
/// Wire: CALL-PARAMETERS of docs/wire/rice.md. The encoding is deterministic, so for a pure call the Interest's parameters digest is
/// the digest of the arguments: the same call has the same name wherever it is made.
/// Bound: <see cref="CallLimits.ArgumentCountMax"/> arguments.
/// </remarks>
public sealed class CallParameters
{
    /// <summary>The arguments, in the order of the function's parameters.</summary>
    public required IReadOnlyList<CallArgument> Arguments { get; init; }

    /// <summary>When an opaque call was made, Unix milliseconds; absent from pure calls.</summary>
    public ulong? IssuedAtUnixMs { get; init; }

    /// <summary>For how long after its issue an opaque call may be accepted, milliseconds; absent from pure calls.</summary>
    public ulong? LifetimeMs { get; init; }

    /// <summary>The only run of a server that may accept an opaque call; absent when the caller never read the descriptor.</summary>
    public RunId? TargetRun { get; init; }

    /// <summary>The request id of an opaque call, as its name has it; absent from pure calls.</summary>
    /// <remarks>
    /// The parameters are under a digest and the rest of the name is not: a bit that flips in the name alone would otherwise make one
    /// request two.
    /// </remarks>
    public RunId? RequestId { get; init; }

    /// <summary>Encodes the element.</summary>
    public byte[] Encode()
    {
        var writer = new MessageWriter();
        int mark = writer.Begin(RiceTlv.CallParameters);
        if (IssuedAtUnixMs is ulong issuedAt)
        {
            writer.Number(RiceTlv.IssuedAt, issuedAt);
        }

        if (LifetimeMs is ulong lifetime)
        {
            writer.Number(RiceTlv.CallLifetime, lifetime);
        }

        if (TargetRun is RunId run)
        {
            writer.Element(RiceTlv.Run, run.ToArray());
        }

        if (RequestId is RunId request)
        {
            writer.Element(RiceTlv.RequestId, request.ToArray());
        }

        for (int i = 0; i < Arguments.Count; i++)
        {
            Arguments[i].Write(writer);
        }

        writer.End(mark);
        return writer.ToArray();
    }

    /// <summary>Decodes the value of an ApplicationParameters element.</summary>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> message, out CallParameters? parameters)
    {
        parameters = null;
        MessageReader reader = MessageReader.Open(message, RiceTlv.CallParameters);
        ulong? issuedAt = reader.TakeNumber(RiceTlv.IssuedAt);
        ulong? lifetime = reader.TakeNumber(RiceTlv.CallLifetime);
        RunId? run = reader.TryTake(RiceTlv.Run, out ReadOnlySpan<byte> runOctets) ? RunId.Read(runOctets) : null;
        if (run is not null && runOctets.Length != RunId.Octets)
        {
            reader.Fail(TlvStatus.BadLength);
        }

        RunId? request = reader.TryTake(RiceTlv.RequestId, out ReadOnlySpan<byte> requestOctets) ? RunId.Read(requestOctets) : null;
        if (request is not null && requestOctets.Length != RunId.Octets)
        {
            reader.Fail(TlvStatus.BadLength);
        }

        List<CallArgument> arguments = [];
        while (reader.TryTake(RiceTlv.Argument, out ReadOnlySpan<byte> value))
        {
            if (arguments.Count == CallLimits.ArgumentCountMax)
            {
                reader.Fail(TlvStatus.TooLarge);
                break;
            }

            CallArgument? argument = CallArgument.Read(value, ref reader);
            if (argument is not null)
            {
                arguments.Add(argument);
            }
        }

        TlvStatus status = reader.Finish();
        if (status == TlvStatus.Ok)
        {
            parameters = new CallParameters
            {
                Arguments = arguments,
                IssuedAtUnixMs = issuedAt,
                LifetimeMs = lifetime,
                TargetRun = run,
                RequestId = request,
            };
        }

        return status;
    }
}
