using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Naming;

/// <summary>What octets make a component.</summary>
internal static class ComponentFormat
{
    internal const int DigestOctets = 32;

    internal static bool IsDigest(uint type) =>
        type is TlvType.ImplicitSha256DigestComponent or TlvType.ParametersSha256DigestComponent;

    /// <summary>Reads the first component of some octets and checks it.</summary>
    internal static TlvStatus TryRead(ReadOnlySpan<byte> octets, out NameComponentView view)
    {
        view = default;
        TlvReader reader = new(octets);
        TlvStatus status = reader.TryRead(out TlvElement element);
        if (status != TlvStatus.Ok)
        {
            return status == TlvStatus.TypeOutOfRange ? TlvStatus.BadName : status;
        }

        if (element.Type > ushort.MaxValue || (IsDigest(element.Type) && element.Value.Length != DigestOctets))
        {
            return TlvStatus.BadName;
        }

        view = new NameComponentView((ushort)element.Type, element.Whole, element.HeaderLength);
        return TlvStatus.Ok;
    }

    /// <summary>Reads the first component of octets that were checked before.</summary>
    internal static NameComponentView ReadValid(ReadOnlySpan<byte> octets)
    {
        if (octets.Length >= 2 && octets[0] < 253 && octets[1] < 253)
        {
            return new NameComponentView(octets[0], octets[..(2 + octets[1])], 2);
        }

        TlvReader reader = new(octets);
        TlvStatus status = reader.TryRead(out TlvElement element);
        Invariant.Check(status == TlvStatus.Ok, "a name that exists is valid");
        return new NameComponentView((ushort)element.Type, element.Whole, element.HeaderLength);
    }
}
