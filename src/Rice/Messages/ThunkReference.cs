using Piccolo.Ndn.Naming;

namespace Piccolo.Rice.Messages;

/// <summary>A promise of a result: the name to ask, and when asking is worth it.</summary>
/// <param name="Name">The name of the thunk; whoever knows it may ask.</param>
/// <param name="EstimateMs">Milliseconds until the server expects the job to end.</param>
/// <param name="ExpiryMs">Milliseconds for which the server promises to know the job.</param>
public sealed record ThunkReference(Name Name, ulong EstimateMs, ulong ExpiryMs)
{
    internal void Write(MessageWriter writer)
    {
        int mark = writer.Begin(RiceTlv.Thunk);
        writer.Raw(Name.Encode());
        writer.Number(RiceTlv.RemainingMs, EstimateMs);
        writer.Number(RiceTlv.ExpiryMs, ExpiryMs);
        writer.End(mark);
    }

    internal static ThunkReference Read(ReadOnlySpan<byte> value, ref MessageReader parent)
    {
        var reader = new MessageReader(value);
        Name name = reader.RequireName();
        ulong estimate = reader.RequireNumber(RiceTlv.RemainingMs);
        ulong expiry = reader.RequireNumber(RiceTlv.ExpiryMs);
        if (reader.Finish() != Ndn.Tlv.TlvStatus.Ok)
        {
            parent.Fail(reader.Status);
        }

        return new ThunkReference(name, estimate, expiry);
    }
}
