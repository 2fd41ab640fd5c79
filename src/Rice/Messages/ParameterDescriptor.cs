namespace Piccolo.Rice.Messages;

/// <summary>One parameter of a function.</summary>
/// <param name="Name">Its name, at most <see cref="CallLimits.ParameterNameOctetsMax"/> octets.</param>
/// <param name="Type">What values it takes.</param>
/// <param name="DefaultCbor">The value of an argument that is left out; null when it must be given.</param>
public sealed record ParameterDescriptor(string Name, ValueKind Type, ReadOnlyMemory<byte>? DefaultCbor = null)
{
    /// <summary>Whether the argument may be left out.</summary>
    public bool IsOptional => DefaultCbor is not null;

    internal void Write(MessageWriter writer)
    {
        int mark = writer.Begin(RiceTlv.Parameter);
        writer.Text(RiceTlv.ParameterName, Name);
        writer.Number(RiceTlv.ValueKind, (ulong)Type);
        if (DefaultCbor is ReadOnlyMemory<byte> cbor)
        {
            writer.Element(RiceTlv.DefaultValue, cbor.Span);
        }

        writer.End(mark);
    }

    internal static ParameterDescriptor Read(ReadOnlySpan<byte> value, ref MessageReader parent)
    {
        var reader = new MessageReader(value);
        string? name = reader.TakeText(RiceTlv.ParameterName, CallLimits.ParameterNameOctetsMax);
        ulong type = reader.RequireNumber(RiceTlv.ValueKind);
        ReadOnlyMemory<byte>? cbor = null;
        if (reader.TryTake(RiceTlv.DefaultValue, out ReadOnlySpan<byte> octets))
        {
            cbor = octets.ToArray();
        }

        if (reader.Finish() != Ndn.Tlv.TlvStatus.Ok || name is null)
        {
            parent.Fail(name is null ? Ndn.Tlv.TlvStatus.MissingElement : reader.Status);
        }

        return new ParameterDescriptor(name ?? "", type <= (ulong)ValueKind.Map ? (ValueKind)type : ValueKind.Any, cbor);
    }
}
