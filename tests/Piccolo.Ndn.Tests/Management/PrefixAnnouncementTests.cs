using System.Globalization;
using System.Text.Json;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;
using Piccolo.TestKit;

namespace Piccolo.Ndn.Tests.Management;

public sealed class PrefixAnnouncementTests
{
    [Fact]
    public void Prefix_announcements_are_read_as_in_the_vectors_and_written_with_the_same_signed_octets()
    {
        foreach (JsonElement vector in Vectors.Load("prefix-announcement.json"))
        {
            Assert.Equal(
                TlvStatus.Ok, PrefixAnnouncement.TryDecode(vector.Octets("wire"), out PrefixAnnouncement? announcement));
            Assert.Equal(Name.Parse(vector.Text("announced")!), announcement!.AnnouncedName);
            Assert.Equal(vector.Number("expirationPeriodMs"), announcement.ExpirationPeriodMs);
            Assert.Equal(Stamp(vector.Text("notBefore")), announcement.Validity?.NotBefore);
            Assert.Equal(Stamp(vector.Text("notAfter")), announcement.Validity?.NotAfter);

            Assert.True(announcement.Data.Name[^2].TryGetNumber(out ulong version));
            var signer = new FixedSigner(announcement.Data);
            PrefixAnnouncement made = PrefixAnnouncement.Create(
                announcement.AnnouncedName, version, announcement.ExpirationPeriodMs, announcement.Validity, signer);
            Assert.Equal(vector.Octets("wire"), made.Data.Wire.ToArray());
        }
    }

    [Fact]
    public void Prefix_announcement_life_is_the_tighter_of_period_and_validity()
    {
        var notBefore = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var validity = new ValidityPeriod(notBefore, notBefore.AddSeconds(100));
        PrefixAnnouncement announcement = PrefixAnnouncement.Create(
            Name.Parse("/a"), 1, 60_000, validity, new FixedSigner());
        ulong start = (ulong)notBefore.ToUnixTimeMilliseconds();
        Assert.Equal(0UL, announcement.RemainingLifeMs(start - 1));
        Assert.Equal(60_000UL, announcement.RemainingLifeMs(start));
        Assert.Equal(10_000UL, announcement.RemainingLifeMs(start + 90_000));
        Assert.Equal(0UL, announcement.RemainingLifeMs(start + 100_000));
    }

    [Fact]
    public void Prefix_announcement_of_another_kind_of_data_is_refused()
    {
        Data blob = Data.Create(Name.Parse("/a/32=PA/v=1/seg=0"), new byte[] { 0x6D, 1, 1 }, new FixedSigner());
        Assert.Equal(TlvStatus.NotAPacket, PrefixAnnouncement.TryDecode(blob.Wire.Span, out _));
        Data misnamed = Data.Create(
            Name.Parse("/a/PA/v=1/seg=0"), new byte[] { 0x6D, 1, 1 }, new FixedSigner(),
            contentType: ContentTypes.PrefixAnnouncement);
        Assert.Equal(TlvStatus.NotAPacket, PrefixAnnouncement.TryDecode(misnamed.Wire.Span, out _));
    }

    [Fact]
    public void Prefix_announcement_without_a_period_or_with_unknown_critical_content_is_refused()
    {
        Assert.Equal(TlvStatus.MissingElement, Read([]));
        Assert.Equal(TlvStatus.Ok, Read([0x6D, 1, 1, 0x6A, 1, 1]));
        Assert.Equal(TlvStatus.UnknownCritical, Read([0x6D, 1, 1, 0x6B, 1, 1]));
        Assert.Equal(TlvStatus.BadNumber, Read([0x6D, 3, 1, 1, 1]));
    }

    private static TlvStatus Read(byte[] content)
    {
        Data data = Data.Create(
            Name.Parse("/a/32=PA/v=1/seg=0"), content, new FixedSigner(), contentType: ContentTypes.PrefixAnnouncement);
        return PrefixAnnouncement.TryDecode(data.Wire.Span, out _);
    }

    private static DateTimeOffset? Stamp(string? text) => text is null
        ? null
        : DateTimeOffset.ParseExact(
            text, "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Gives the signature of a packet that exists, whatever it is asked to sign.</summary>
    private sealed class FixedSigner(Data? signed = null) : ISigner
    {
        public SignatureType Type => signed?.SignatureInfo.Type ?? SignatureType.DigestSha256;

        public KeyLocator? KeyLocator => signed?.SignatureInfo.KeyLocator;

        public int MaxSignatureOctets => signed?.SignatureValue.Length ?? 1;

        public int Sign(ReadOnlySpan<byte> signedPortion, Span<byte> signature)
        {
            signed?.SignatureValue.Span.CopyTo(signature);
            return MaxSignatureOctets;
        }
    }
}
