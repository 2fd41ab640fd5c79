namespace Piccolo.Rice.Messages;

/// <summary>One argument of a call: its CBOR octets, or a reference to where they can be pulled.</summary>
public sealed class CallArgument
{
    private CallArgument(string name, ReadOnlyMemory<byte> inline, ObjectReference? reference)
    {
        Name = name;
        Inline = inline;
        Reference = reference;
    }

    /// <summary>The name of the parameter; empty when the argument goes by its position.</summary>
    public string Name { get; }

    /// <summary>The CBOR octets; empty when <see cref="Reference"/> is set.</summary>
    public ReadOnlyMemory<byte> Inline { get; }

    /// <summary>What to pull, when the octets are not in the message.</summary>
    public ObjectReference? Reference { get; }

    /// <summary>An argument that travels in the call.</summary>
    public static CallArgument FromValue(string name, ReadOnlyMemory<byte> cbor) => new(name, cbor, null);

    /// <summary>An argument that the server pulls.</summary>
    public static CallArgument FromReference(string name, ObjectReference reference) => new(name, default, reference);

    internal void Write(MessageWriter writer)
    {
        int mark = writer.Begin(RiceTlv.Argument);
        if (Name.Length > 0)
        {
            writer.Text(RiceTlv.ParameterName, Name);
        }

        if (Reference is null)
        {
            writer.Element(RiceTlv.InlineValue, Inline.Span);
        }
        else
        {
            int reference = writer.Begin(RiceTlv.ObjectReference);
            Reference.Write(writer);
            writer.End(reference);
        }

        writer.End(mark);
    }

    internal static CallArgument? Read(ReadOnlySpan<byte> value, ref MessageReader parent)
    {
        var reader = new MessageReader(value);
        string name = reader.TakeText(RiceTlv.ParameterName, CallLimits.ParameterNameOctetsMax) ?? "";
        CallArgument argument;
        if (reader.TryTake(RiceTlv.InlineValue, out ReadOnlySpan<byte> cbor))
        {
            argument = FromValue(name, cbor.ToArray());
        }
        else
        {
            var inner = new MessageReader(reader.Require(RiceTlv.ObjectReference));
            argument = FromReference(name, ObjectReference.Read(ref inner));
            if (reader.Status == Ndn.Tlv.TlvStatus.Ok && inner.Finish() != Ndn.Tlv.TlvStatus.Ok)
            {
                reader.Fail(inner.Status);
            }
        }

        if (reader.Finish() == Ndn.Tlv.TlvStatus.Ok)
        {
            return argument;
        }

        parent.Fail(reader.Status);
        return null;
    }
}
