using System.Security.Cryptography;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Tests.Packets;

/// <summary>Makes Interests octet by octet, broken ones included, with a digest that is right.</summary>
internal static class InterestBuilder
{
    /// <summary>An Interest of a name and of elements in hexadecimal.</summary>
    internal static byte[] Packet(Name name, string elements) => Wrap([.. name.Encode(), .. Convert.FromHexString(elements)]);

    /// <summary>An Interest with the digest of its tail behind the name, and a suffix behind the digest.</summary>
    internal static byte[] WithTail(Name name, string elements, string tail, string suffix = "/")
    {
        byte[] octets = Convert.FromHexString(tail);
        Name whole = name.Append(NameComponent.ParametersDigest(SHA256.HashData(octets))).Append(Name.Parse(suffix));
        return Wrap([.. whole.Encode(), .. Convert.FromHexString(elements), .. octets]);
    }

    private static byte[] Wrap(byte[] value)
    {
        byte[] packet = new byte[TlvWriter.SizeOfElement(TlvType.Interest, value.Length)];
        new TlvWriter(packet).WriteElement(TlvType.Interest, value);
        return packet;
    }
}
