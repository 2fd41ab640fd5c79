using Piccolo.Ndn.Naming;

namespace Piccolo.Rice.Messages;

/// <summary>A result that is fetched in segments: its name, and what proves it.</summary>
/// <param name="Name">The name in front of the segment numbers.</param>
/// <param name="Object">Size, digest and number of segments.</param>
public sealed record ResultReference(Name Name, ObjectReference Object)
{
    internal void Write(MessageWriter writer)
    {
        int mark = writer.Begin(RiceTlv.ResultReference);
        writer.Raw(Name.Encode());
        Object.Write(writer);
        writer.End(mark);
    }

    internal static ResultReference Read(ReadOnlySpan<byte> value, ref MessageReader parent)
    {
        var reader = new MessageReader(value);
        Name name = reader.RequireName();
        ObjectReference reference = ObjectReference.Read(ref reader);
        if (reader.Finish() != Ndn.Tlv.TlvStatus.Ok)
        {
            parent.Fail(reader.Status);
        }

        return new ResultReference(name, reference);
    }
}
