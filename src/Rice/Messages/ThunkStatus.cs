using Piccolo.Ndn.Tlv;

namespace Piccolo.Rice.Messages;

/// <summary>The answer to a question about a thunk.</summary>
/// <remarks>Wire: THUNK-STATUS of docs/wire/rice.md, the Content of a Data under the thunk's name and a version.</remarks>
public sealed class ThunkStatus
{
    /// <summary>Who made the answer, when, for whom.</summary>
    public required ReplyStamp Stamp { get; init; }

    /// <summary>How far the job is.</summary>
    public required JobState State { get; init; }

    /// <summary>Milliseconds until the server expects the end; 0 once it has ended.</summary>
    public ulong RemainingMs { get; init; }

    /// <summary>Milliseconds for which the server promises to know the job.</summary>
    public ulong ExpiryMs { get; init; }

    /// <summary>Thousandths of the work that are done, when the function says so.</summary>
    public ulong? ProgressPermille { get; init; }

    /// <summary>The outcome, when <see cref="State"/> is <see cref="JobState.Done"/> or <see cref="JobState.Failed"/>.</summary>
    public CallReply? Final { get; init; }

    /// <summary>Encodes the element.</summary>
    public byte[] Encode()
    {
        var writer = new MessageWriter();
        int mark = writer.Begin(RiceTlv.ThunkStatus);
        Stamp.Write(writer);
        writer.Number(RiceTlv.JobState, (ulong)State);
        writer.Number(RiceTlv.RemainingMs, RemainingMs);
        writer.Number(RiceTlv.ExpiryMs, ExpiryMs);
        if (ProgressPermille is ulong progress)
        {
            writer.Number(RiceTlv.ProgressPermille, progress);
        }

        if (Final is not null)
        {
            int final = writer.Begin(RiceTlv.FinalReply);
            Final.Write(writer);
            writer.End(final);
        }

        writer.End(mark);
        return writer.ToArray();
    }

    /// <summary>Decodes the Content of an answer.</summary>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> message, out ThunkStatus? status)
    {
        status = null;
        MessageReader reader = MessageReader.Open(message, RiceTlv.ThunkStatus);
        ReplyStamp stamp = ReplyStamp.Read(ref reader);
        ulong state = reader.RequireNumber(RiceTlv.JobState);
        ulong remaining = reader.RequireNumber(RiceTlv.RemainingMs);
        ulong expiry = reader.RequireNumber(RiceTlv.ExpiryMs);
        ulong? progress = reader.TakeNumber(RiceTlv.ProgressPermille);
        CallReply? final = null;
        if (reader.TryTake(RiceTlv.FinalReply, out ReadOnlySpan<byte> value))
        {
            TlvStatus inner = CallReply.TryDecode(value, out final);
            if (inner != TlvStatus.Ok)
            {
                reader.Fail(inner);
            }
        }

        bool isFinal = state is (ulong)JobState.Done or (ulong)JobState.Failed;
        if (reader.Status == TlvStatus.Ok && isFinal != (final is not null))
        {
            reader.Fail(TlvStatus.MissingElement);
        }

        if (reader.Status == TlvStatus.Ok && state > (ulong)JobState.Failed)
        {
            reader.Fail(TlvStatus.BadNumber);
        }

        TlvStatus verdict = reader.Finish();
        if (verdict == TlvStatus.Ok)
        {
            status = new ThunkStatus
            {
                Stamp = stamp,
                State = (JobState)state,
                RemainingMs = remaining,
                ExpiryMs = expiry,
                ProgressPermille = progress,
                Final = final,
            };
        }

        return verdict;
    }
}
