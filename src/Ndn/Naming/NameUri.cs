using System.Globalization;
using System.Text;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Naming;

/// <summary>How names are written as text.</summary>
/// <remarks>Source: NDN Packet Format v0.3, "NDN URI Scheme"; naming conventions revision 3 for <c>seg=</c> and its kin.</remarks>
internal static class NameUri
{
    private const string HexDigits = "0123456789ABCDEF";
    private const string ImplicitDigestPrefix = "sha256digest";
    private const string ParametersDigestPrefix = "params-sha256";

    internal static bool TryParse(string uri, out Name name, out string error)
    {
        name = Name.Root;
        error = "";
        ReadOnlySpan<char> rest = uri;
        if (rest.StartsWith("ndn:"))
        {
            rest = rest[4..];
        }

        if (rest.StartsWith("//"))
        {
            // An authority names a host; names have none, so it is passed over.
            int slash = rest[2..].IndexOf('/');
            rest = slash < 0 ? "/" : rest[(2 + slash)..];
        }

        if (!rest.StartsWith("/"))
        {
            error = $"'{uri}' is not a name: a name begins with '/'";
            return false;
        }

        rest = rest[1..];
        List<NameComponent> components = [];
        while (!rest.IsEmpty)
        {
            int slash = rest.IndexOf('/');
            ReadOnlySpan<char> text = slash < 0 ? rest : rest[..slash];
            rest = slash < 0 ? default : rest[(slash + 1)..];
            if (!TryParseComponent(text, out NameComponent component, out string reason))
            {
                error = $"'{uri}' is not a name: {reason}";
                return false;
            }

            components.Add(component);
        }

        name = Name.FromComponents(components);
        return true;
    }

    internal static bool TryParseComponent(ReadOnlySpan<char> text, out NameComponent component, out string error)
    {
        component = default;
        int equals = text.IndexOf('=');
        if (equals < 0)
        {
            return TryParseValue((ushort)TlvType.GenericNameComponent, text, text, out component, out error);
        }

        ReadOnlySpan<char> prefix = text[..equals];
        ReadOnlySpan<char> value = text[(equals + 1)..];
        if (TryParseDecimal(prefix, out ulong type))
        {
            if (type is 0 or > ushort.MaxValue)
            {
                error = $"component '{text}' has a type outside 1..65535";
                return false;
            }

            return TryParseValue((ushort)type, value, text, out component, out error);
        }

        if (prefix.SequenceEqual(ImplicitDigestPrefix))
        {
            return TryParseDigest((ushort)TlvType.ImplicitSha256DigestComponent, value, text, out component, out error);
        }

        if (prefix.SequenceEqual(ParametersDigestPrefix))
        {
            return TryParseDigest((ushort)TlvType.ParametersSha256DigestComponent, value, text, out component, out error);
        }

        ushort numberType = NumberTypeOf(prefix);
        if (numberType == 0)
        {
            error = $"component '{text}' has an unknown type before '=' (a plain '=' is written %3D)";
            return false;
        }

        if (!TryParseDecimal(value, out ulong number))
        {
            error = $"component '{text}' needs a decimal number without leading zeros, below 2^64";
            return false;
        }

        component = NameComponent.FromNumber(numberType, number);
        error = "";
        return true;
    }

    internal static void AppendAlternate(StringBuilder text, ushort type, ReadOnlySpan<byte> value)
    {
        if (ComponentFormat.IsDigest(type))
        {
            text.Append(type == TlvType.ImplicitSha256DigestComponent ? ImplicitDigestPrefix : ParametersDigestPrefix);
            text.Append('=').Append(Convert.ToHexStringLower(value));
            return;
        }

        string prefix = PrefixOf(type);
        if (prefix.Length > 0 && NonNegativeInteger.TryRead(value, out ulong number))
        {
            text.Append(prefix).Append('=').Append(number.ToString(CultureInfo.InvariantCulture));
            return;
        }

        AppendCanonical(text, type, value);
    }

    internal static void AppendCanonical(StringBuilder text, ushort type, ReadOnlySpan<byte> value)
    {
        if (type != TlvType.GenericNameComponent)
        {
            text.Append(type.ToString(CultureInfo.InvariantCulture)).Append('=');
        }

        if (value.IndexOfAnyExcept((byte)'.') < 0)
        {
            text.Append("...");
        }

        foreach (byte octet in value)
        {
            if (IsUnreserved(octet))
            {
                text.Append((char)octet);
            }
            else
            {
                text.Append('%').Append(HexDigits[octet >> 4]).Append(HexDigits[octet & 15]);
            }
        }
    }

    private static bool TryParseValue(
        ushort type, ReadOnlySpan<char> value, ReadOnlySpan<char> whole, out NameComponent component, out string error)
    {
        component = default;
        if (value.IndexOfAnyExcept('.') < 0)
        {
            if (value.Length < 3)
            {
                error = whole.IsEmpty
                    ? "it has an empty component (which is written '...')"
                    : $"component '{whole}' has fewer than three periods";
                return false;
            }

            value = value[3..];
        }

        if (!TryUnescape(value, whole, out byte[] octets, out error))
        {
            return false;
        }

        if (ComponentFormat.IsDigest(type) && octets.Length != ComponentFormat.DigestOctets)
        {
            error = $"component '{whole}' is a digest and must have 32 octets";
            return false;
        }

        component = new NameComponent(type, (ReadOnlyMemory<byte>)octets);
        return true;
    }

    private static bool TryUnescape(ReadOnlySpan<char> value, ReadOnlySpan<char> whole, out byte[] octets, out string error)
    {
        octets = [];
        error = "";
        byte[] buffer = new byte[Encoding.UTF8.GetMaxByteCount(value.Length)];
        int length = 0;
        int position = 0;
        while (position < value.Length)
        {
            char c = value[position];
            if (c == '=')
            {
                error = $"component '{whole}' has a second '=' (which is written %3D)";
                return false;
            }

            if (c == '%')
            {
                if (position + 2 >= value.Length || !char.IsAsciiHexDigit(value[position + 1]) ||
                    !char.IsAsciiHexDigit(value[position + 2]))
                {
                    error = $"component '{whole}' has a '%' without two hex digits behind it";
                    return false;
                }

                buffer[length++] = byte.Parse(value.Slice(position + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                position += 3;
                continue;
            }

            if (Rune.DecodeFromUtf16(value[position..], out Rune rune, out int used) != System.Buffers.OperationStatus.Done)
            {
                error = $"component '{whole}' is not well-formed Unicode";
                return false;
            }

            length += rune.EncodeToUtf8(buffer.AsSpan(length));
            position += used;
        }

        octets = buffer[..length];
        return true;
    }

    private static bool TryParseDigest(
        ushort type, ReadOnlySpan<char> hex, ReadOnlySpan<char> whole, out NameComponent component, out string error)
    {
        component = default;
        error = "";
        byte[] digest = new byte[ComponentFormat.DigestOctets];
        if (hex.Length != 2 * ComponentFormat.DigestOctets ||
            Convert.FromHexString(hex, digest, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            error = $"component '{whole}' needs 64 hex digits";
            return false;
        }

        component = new NameComponent(type, (ReadOnlyMemory<byte>)digest);
        return true;
    }

    private static bool TryParseDecimal(ReadOnlySpan<char> text, out ulong number)
    {
        number = 0;
        bool hasLeadingZero = text.Length > 1 && text[0] == '0';
        return !hasLeadingZero && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static ushort NumberTypeOf(ReadOnlySpan<char> prefix) => (ushort)(prefix switch
    {
        "seg" => TlvType.SegmentNameComponent,
        "off" => TlvType.ByteOffsetNameComponent,
        "v" => TlvType.VersionNameComponent,
        "t" => TlvType.TimestampNameComponent,
        "seq" => TlvType.SequenceNumNameComponent,
        _ => 0u,
    });

    private static string PrefixOf(ushort type) => (uint)type switch
    {
        TlvType.SegmentNameComponent => "seg",
        TlvType.ByteOffsetNameComponent => "off",
        TlvType.VersionNameComponent => "v",
        TlvType.TimestampNameComponent => "t",
        TlvType.SequenceNumNameComponent => "seq",
        _ => "",
    };

    private static bool IsUnreserved(byte octet) =>
        char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~';
}
