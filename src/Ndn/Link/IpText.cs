using System.Globalization;
using System.Net;
using System.Text;

namespace Piccolo.Ndn.Link;

/// <summary>IP addresses as text, without asking the operating system about interfaces or names.</summary>
/// <remarks>Source: RFC 5952 for the spelling of IPv6; IPv4 only as four decimal numbers without leading
/// zeros.</remarks>
internal static class IpText
{
    /// <summary>Parses a numeric address, with an optional <c>%zone</c> after an IPv6 one.</summary>
    internal static bool TryParse(string text, out Address address, out string zone)
    {
        address = default;
        zone = string.Empty;
        if (TryParseV4(text, out uint v4))
        {
            address = new Address(v4);
            return true;
        }

        int percent = text.IndexOf('%', StringComparison.Ordinal);
        string plain = percent < 0 ? text : text[..percent];
        if (percent == text.Length - 1 || !IsV6Alphabet(plain) || !IPAddress.TryParse(plain, out IPAddress? parsed))
        {
            return false;
        }

        Span<byte> octets = stackalloc byte[16];
        if (!parsed.TryWriteBytes(octets, out int count) || count != 16)
        {
            return false;
        }

        zone = percent < 0 ? string.Empty : text[(percent + 1)..];
        address = new Address(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(octets));
        return true;
    }

    internal static string Format(ReadOnlySpan<byte> octets) => octets.Length == 4
        ? new Address(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(octets)).ToString()
        : new Address(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(octets)).ToString();

    internal static bool IsLinkLocal(ReadOnlySpan<byte> octets) => octets[0] == 0xFE && (octets[1] & 0xC0) == 0x80;

    private static bool IsV6Alphabet(string text)
    {
        bool hasColon = false;
        foreach (char c in text)
        {
            hasColon |= c == ':';
            if (!char.IsAsciiHexDigit(c) && c is not (':' or '.'))
            {
                return false;
            }
        }

        return hasColon;
    }

    private static bool TryParseV4(string text, out uint address)
    {
        address = 0;
        int groups = 0;
        foreach (Range range in text.AsSpan().Split('.'))
        {
            ReadOnlySpan<char> group = text.AsSpan(range);
            if (groups == 4 || group.Length is 0 or > 3 || (group.Length > 1 && group[0] == '0')
                || !byte.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out byte octet))
            {
                return false;
            }

            address = (address << 8) | octet;
            groups++;
        }

        return groups == 4;
    }

    /// <summary>One numeric address.</summary>
    internal readonly struct Address
    {
        private readonly UInt128 _bits;

        internal Address(uint v4)
        {
            _bits = v4;
            IsV6 = false;
        }

        internal Address(UInt128 v6)
        {
            _bits = v6;
            IsV6 = true;
        }

        internal bool IsV6 { get; }

        internal bool IsMulticast => IsV6 ? (byte)(_bits >> 120) == 0xFF : (byte)(_bits >> 28) == 0xE;

        internal bool IsLinkLocal => IsV6 && (uint)(_bits >> 118) == 0xFE80 >> 6;

        internal bool IsMappedV4 => IsV6 && (_bits >> 32) == 0xFFFF;

        internal string MappedV4Text() => new Address((uint)_bits).ToString();

        public override string ToString()
        {
            if (!IsV6)
            {
                uint bits = (uint)_bits;
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{bits >> 24}.{(bits >> 16) & 0xFF}.{(bits >> 8) & 0xFF}.{bits & 0xFF}");
            }

            if (IsMappedV4)
            {
                return "::ffff:" + MappedV4Text();
            }

            FindLongestZeroRun(out int start, out int length);
            var text = new StringBuilder(39);
            for (int group = 0; group < 8; group++)
            {
                if (group == start)
                {
                    text.Append("::");
                    group += length - 1;
                    continue;
                }

                if (text.Length > 0 && text[^1] != ':')
                {
                    text.Append(':');
                }

                text.Append(CultureInfo.InvariantCulture, $"{Group(group):x}");
            }

            return text.ToString();
        }

        private ushort Group(int index) => (ushort)(_bits >> (112 - (16 * index)));

        /// <summary>The first longest run of two or more zero groups; start -1 when there is none.</summary>
        private void FindLongestZeroRun(out int start, out int length)
        {
            start = -1;
            length = 1;
            int run = 0;
            for (int group = 0; group < 8; group++)
            {
                run = Group(group) == 0 ? run + 1 : 0;
                if (run > length)
                {
                    length = run;
                    start = group - run + 1;
                }
            }
        }
    }
}
