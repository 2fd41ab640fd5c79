using Piccolo.Ndn.Tlv;

namespace Piccolo.Rice.Messages;

/// <summary>The answer to a call: a result, a reference to one, a thunk, or an error; exactly one of the four.</summary>
/// <remarks>Wire: CALL-REPLY of docs/wire/rice.md, the Content of the Data that answers a call Interest.</remarks>
public sealed class CallReply
{
    private CallReply(ReplyStamp stamp)
    {
        Stamp = stamp;
    }

    /// <summary>Who made the answer, when, for whom.</summary>
    public ReplyStamp Stamp { get; }

    /// <summary>The result's CBOR octets, when it is short.</summary>
    public ReadOnlyMemory<byte>? Result { get; private init; }

    /// <summary>Where the result is, when it is long.</summary>
    public ResultReference? Reference { get; private init; }

    /// <summary>Where to ask later, when the job is not done.</summary>
    public ThunkReference? Thunk { get; private init; }

    /// <summary>Why there is no result.</summary>
    public CallError? Error { get; private init; }

    /// <summary>An answer with a short result.</summary>
    public static CallReply WithResult(ReplyStamp stamp, ReadOnlyMemory<byte> cbor) => new(stamp) { Result = cbor };

    /// <summary>An answer with a long result.</summary>
    public static CallReply WithReference(ReplyStamp stamp, ResultReference reference) => new(stamp) { Reference = reference };

    /// <summary>An answer with a promise.</summary>
    public static CallReply WithThunk(ReplyStamp stamp, ThunkReference thunk) => new(stamp) { Thunk = thunk };

    /// <summary>An answer with an error.</summary>
    public static CallReply WithError(ReplyStamp stamp, CallError error) => new(stamp) { Error = error };

    /// <summary>Encodes the element.</summary>
    public byte[] Encode()
    {
        var writer = new MessageWriter();
        Write(writer);
        return writer.ToArray();
    }

    /// <summary>Decodes the Content of an answer.</summary>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> message, out CallReply? reply)
    {
        MessageReader reader = MessageReader.Open(message, RiceTlv.CallReply);
        CallReply read = Read(ref reader);
        TlvStatus status = reader.Finish();
        reply = status == TlvStatus.Ok ? read : null;
        return status;
    }

    internal void Write(MessageWriter writer)
    {
        int mark = writer.Begin(RiceTlv.CallReply);
        Stamp.Write(writer);
        if (Result is ReadOnlyMemory<byte> result)
        {
            writer.Element(RiceTlv.Result, result.Span);
        }

        Reference?.Write(writer);
        Thunk?.Write(writer);
        Error?.Write(writer);
        writer.End(mark);
    }

    private static CallReply Read(ref MessageReader reader)
    {
        ReplyStamp stamp = ReplyStamp.Read(ref reader);
        if (reader.TryTake(RiceTlv.Result, out ReadOnlySpan<byte> value))
        {
            return WithResult(stamp, value.ToArray());
        }

        if (reader.TryTake(RiceTlv.ResultReference, out value))
        {
            return WithReference(stamp, ResultReference.Read(value, ref reader));
        }

        if (reader.TryTake(RiceTlv.Thunk, out value))
        {
            return WithThunk(stamp, ThunkReference.Read(value, ref reader));
        }

        return WithError(stamp, CallError.Read(reader.Require(RiceTlv.CallError), ref reader));
    }
}
