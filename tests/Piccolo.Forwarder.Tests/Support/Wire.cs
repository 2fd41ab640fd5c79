using System.Security.Cryptography;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Forwarder.Tests.Support;

/// <summary>Packets for tests, octet by octet, so that no encoder under test is needed.</summary>
internal static class Wire
{
    public static byte[] Interest(
        string name,
        uint? nonce,
        bool canBePrefix = false,
        bool mustBeFresh = false,
        ulong? lifetimeMs = null,
        byte? hopLimit = null,
        string[]? hint = null) =>
        Interest(Name.Parse(name), nonce, canBePrefix, mustBeFresh, lifetimeMs, hopLimit, hint);

    public static byte[] Interest(
        Name name,
        uint? nonce,
        bool canBePrefix = false,
        bool mustBeFresh = false,
        ulong? lifetimeMs = null,
        byte? hopLimit = null,
        string[]? hint = null)
    {
        List<byte> value = [.. name.Encode()];
        if (canBePrefix)
        {
            Add(value, TlvType.CanBePrefix, []);
        }

        if (mustBeFresh)
        {
            Add(value, TlvType.MustBeFresh, []);
        }

        if (hint is not null)
        {
            List<byte> delegations = [];
            foreach (string delegation in hint)
            {
                delegations.AddRange(Name.Parse(delegation).Encode());
            }

            Add(value, TlvType.ForwardingHint, [.. delegations]);
        }

        if (nonce is uint number)
        {
            Add(value, TlvType.Nonce, [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
        }

        if (lifetimeMs is ulong lifetime)
        {
            Add(value, TlvType.InterestLifetime, Number(lifetime));
        }

        if (hopLimit is byte hops)
        {
            Add(value, TlvType.HopLimit, [hops]);
        }

        return Element(TlvType.Interest, [.. value]);
    }

    public static byte[] Data(string name, ulong freshnessMs = 0, string content = "x") =>
        Data(Name.Parse(name), freshnessMs, System.Text.Encoding.UTF8.GetBytes(content));

    public static byte[] Data(Name name, ulong freshnessMs, byte[] content)
    {
        List<byte> value = [.. name.Encode()];
        if (freshnessMs > 0)
        {
            Add(value, TlvType.MetaInfo, Element(TlvType.FreshnessPeriod, Number(freshnessMs)));
        }

        Add(value, TlvType.Content, content);
        Add(value, TlvType.SignatureInfo, Element(TlvType.SignatureType, [0]));
        Add(value, TlvType.SignatureValue, new byte[32]);
        return Element(TlvType.Data, [.. value]);
    }

    public static Name FullName(string name, byte[] data) =>
        Name.Parse(name).Append(NameComponent.ImplicitDigest(SHA256.HashData(data)));

    public static byte[] Lp(byte[] packet, LpHeaders headers) =>
        new LpPacket { Headers = headers, Fragment = packet }.Encode();

    public static byte[] Element(uint type, ReadOnlySpan<byte> value)
    {
        byte[] octets = new byte[TlvWriter.SizeOfElement(type, value.Length)];
        var writer = new TlvWriter(octets);
        writer.WriteElement(type, value);
        return octets;
    }

    private static void Add(List<byte> target, uint type, byte[] value) => target.AddRange(Element(type, value));

    private static byte[] Number(ulong value)
    {
        byte[] octets = new byte[NonNegativeInteger.SizeOf(value)];
        NonNegativeInteger.Write(octets, value);
        return octets;
    }
}
