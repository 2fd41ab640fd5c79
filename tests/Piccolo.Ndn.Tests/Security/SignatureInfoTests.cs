using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;
using Piccolo.TestKit;

namespace Piccolo.Ndn.Tests.Security;

public sealed class SignatureInfoTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20260501, 17);

    [Theory]
    [InlineData("1600", TlvStatus.MissingElement)]
    [InlineData("16031B0100", TlvStatus.Ok)]
    [InlineData("2C031B0100", TlvStatus.Ok)]
    [InlineData("15031B0100", TlvStatus.NotAPacket)]
    [InlineData("16031B010000", TlvStatus.TrailingOctets)]
    [InlineData("16031B01", TlvStatus.LengthOverrun)]
    [InlineData("16051B03000000", TlvStatus.BadNumber)]
    [InlineData("160A1C05070308014B1B0103", TlvStatus.OutOfOrder)]
    [InlineData("16061B01001B0100", TlvStatus.Repeated)]
    [InlineData("16051B0100F100", TlvStatus.UnknownCritical)]
    [InlineData("16071B01031C021500", TlvStatus.UnknownCritical)]
    [InlineData("16051B01031C00", TlvStatus.Ok)]
    [InlineData("16091B01031C0407001D00", TlvStatus.Repeated)]
    [InlineData("16091B01031C04070208FF", TlvStatus.Truncated)]
    [InlineData("2C051B01002600", TlvStatus.BadLength)]
    [InlineData("2C0426020102", TlvStatus.MissingElement)]
    [InlineData("2C051B01002800", TlvStatus.BadNumber)]
    [InlineData("16071B0100FD0100", TlvStatus.LengthOverrun)]
    [InlineData("16081B0100FD001B0100", TlvStatus.NonMinimalNumber)]
    [InlineData("16081B0100FD010200", TlvStatus.LengthOverrun)]
    [InlineData("16071B0100FD010200", TlvStatus.MissingElement)]
    [InlineData("16071B0100FD00FD00", TlvStatus.MissingElement)]
    public void SignatureInfo_tells_what_is_wrong(string hex, TlvStatus expected)
    {
        byte[] wire = Convert.FromHexString(hex);
        Assert.Equal(expected, SignatureInfo.TryDecode(wire, out SignatureInfo? info));
        Assert.Equal(expected == TlvStatus.Ok, info is not null);
    }

    [Fact]
    public void SignatureInfo_skips_late_and_repeated_elements_that_are_not_critical()
    {
        // Type, time 5, nonce (late), time 6 (repeated), unknown 0xF0.
        byte[] wire = Convert.FromHexString("2C101B010028010526020102280106F000");
        wire[1] = (byte)(wire.Length - 2);
        Assert.Equal(TlvStatus.Ok, SignatureInfo.TryDecode(wire, out SignatureInfo? info));
        Assert.Equal(5ul, info!.TimeMs);
        Assert.Null(info.Nonce);
        Assert.Equal("F000", Convert.ToHexString(info.Extensions.Span));
    }

    [Fact]
    public void SignatureInfo_keeps_a_type_number_without_a_name()
    {
        Assert.Equal(TlvStatus.Ok, SignatureInfo.TryDecode(Convert.FromHexString("160A1B08FFFFFFFFFFFFFFFF"), out SignatureInfo? info));
        Assert.Equal(ulong.MaxValue, (ulong)info!.Type);
    }

    [Fact]
    public void SignatureInfo_of_every_certificate_encodes_as_it_was_read()
    {
        foreach (JsonElement vector in Vectors.Load("certificates.json"))
        {
            byte[] wire = vector.Octets("wire");
            Assert.Equal(TlvStatus.Ok, DataView.TryDecode(wire, out DataView view));
            Assert.Equal(TlvStatus.Ok, SignatureInfo.TryDecode(view.SignatureInfo, out SignatureInfo? info));
            Assert.Equal(view.SignatureInfo.ToArray(), info!.Encode(TlvType.SignatureInfo));
        }
    }

    [Fact]
    public void SignatureInfo_survives_the_round_trip()
    {
        Gen<SignatureInfo> infos =
            from type in Gen.Elements(0ul, 1ul, 3ul, 4ul, 5ul, 77ul, 200ul, 70000ul)
            from locator in Gen.Elements<KeyLocator?>(
                null, KeyLocator.Empty, new KeyLocator(Name.Parse("/a/KEY/b")), KeyLocator.FromDigest(new byte[32]))
            from nonce in Gen.Elements(0, 1, 8, 300)
            from time in Gen.Elements<ulong?>(null, 0, 255, 256, 1700000000000, ulong.MaxValue)
            from sequence in Gen.Elements<ulong?>(null, 0, 65536, ulong.MaxValue)
            from days in Gen.Choose(-1, 4000)
            from description in Gen.Elements<AdditionalDescription?>(
                null, new AdditionalDescription(new DescriptionEntry("rôle", "prüfer"), new DescriptionEntry("a", "b")))
            select new SignatureInfo
            {
                Type = (SignatureType)type,
                KeyLocator = locator,
                Nonce = nonce == 0 ? (ReadOnlyMemory<byte>?)null : new byte[nonce],
                TimeMs = time,
                SequenceNumber = sequence,
                Validity = days < 0 ? null : new ValidityPeriod(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(days)),
                Description = description,
            };
        Prop.ForAll(infos.ToArbitrary(), RoundTrips).Check(Seeded);
    }

    [Fact]
    public void SignatureInfo_never_throws_on_any_octets()
    {
        byte[] seed = new SignatureInfo
        {
            Type = SignatureType.Sha256WithEcdsa,
            KeyLocator = new KeyLocator(Name.Parse("/a")),
            Nonce = new byte[] { 1 },
            TimeMs = 1,
            SequenceNumber = 2,
            Validity = new ValidityPeriod(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch),
            Description = new AdditionalDescription(new DescriptionEntry("k", "v")),
        }.Encode(TlvType.SignatureInfo);
        for (int i = 0; i < seed.Length; i++)
        {
            byte original = seed[i];
            for (int value = 0; value < 256; value++)
            {
                seed[i] = (byte)value;
                TlvStatus status = SignatureInfo.TryDecode(seed, out SignatureInfo? info);
                Assert.Equal(status == TlvStatus.Ok, info is not null);
            }

            seed[i] = original;
        }
    }

    [Fact]
    public void SignatureInfo_refuses_an_empty_nonce() =>
        Assert.Throws<ArgumentException>(
            () => new SignatureInfo { Type = SignatureType.Null, Nonce = ReadOnlyMemory<byte>.Empty });

    [Fact]
    public void KeyLocator_equality_is_by_what_it_holds()
    {
        KeyLocator name = new(Name.Parse("/a"));
        Assert.Equal(name, new KeyLocator(Name.Parse("/a")));
        Assert.Equal(name.GetHashCode(), new KeyLocator(Name.Parse("/a")).GetHashCode());
        Assert.NotEqual(name, new KeyLocator(Name.Parse("/b")));
        Assert.NotEqual(KeyLocator.Empty, KeyLocator.FromDigest([]));
        Assert.Equal(KeyLocator.FromDigest([1]), KeyLocator.FromDigest([1]));
        Assert.NotEqual(KeyLocator.FromDigest([1]), KeyLocator.FromDigest([2]));
    }

    [Fact]
    public void ValidityPeriod_never_grows_by_rounding()
    {
        DateTimeOffset half = new(2026, 2, 28, 23, 59, 59, 500, TimeSpan.Zero);
        Assert.Equal("20260301T000000-20260228T235959", new ValidityPeriod(half, half).ToString());
        Assert.False(new ValidityPeriod(half, half).Contains(half));
        ValidityPeriod ever = new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        Assert.Equal("00010101T000000-99991231T235959", ever.ToString());
        Assert.Equal("99991231T235959", new ValidityPeriod(DateTimeOffset.MaxValue, DateTimeOffset.MaxValue).ToString()[..15]);
    }

    [Theory]
    [InlineData("20240229T000000", true)]
    [InlineData("20230229T000000", false)]
    [InlineData("20240101T240000", false)]
    [InlineData("20240101T006000", false)]
    [InlineData("20240101T000060", false)]
    [InlineData("20241301T000000", false)]
    [InlineData("00000101T000000", false)]
    [InlineData("20240101 000000", false)]
    [InlineData("2024010xT000000", false)]
    public void ValidityPeriod_takes_only_times_that_exist(string stamp, bool isTime)
    {
        byte[] text = System.Text.Encoding.ASCII.GetBytes(stamp);
        byte[] wire = [0xFD, 0, 0xFD, 38, 0xFD, 0, 0xFE, 15, .. text, 0xFD, 0, 0xFF, 15, .. text];
        Assert.Equal(isTime ? TlvStatus.Ok : TlvStatus.BadNumber, ValidityPeriod.TryDecode(wire, out ValidityPeriod? period));
        Assert.Equal(isTime ? $"{stamp}-{stamp}" : null, period?.ToString());
    }

    [Fact]
    public void AdditionalDescription_needs_entries_with_key_and_value()
    {
        Assert.Throws<ArgumentException>(() => new AdditionalDescription());
        Assert.Throws<ArgumentException>(() => new AdditionalDescription(new DescriptionEntry("", "v")));
        Assert.Throws<ArgumentException>(() => new AdditionalDescription(new DescriptionEntry("k", "")));
        byte[] notUtf8 = Convert.FromHexString("FD01020EFD02000AFD020101FFFD02020176");
        Assert.Equal(TlvStatus.BadNumber, AdditionalDescription.TryDecode(notUtf8, out _));
    }

    private static bool RoundTrips(SignatureInfo info)
    {
        byte[] wire = info.Encode(TlvType.InterestSignatureInfo);
        return SignatureInfo.TryDecode(wire, out SignatureInfo? read) == TlvStatus.Ok
            && read!.Type == info.Type
            && Equals(read.KeyLocator, info.KeyLocator)
            && read.Nonce.HasValue == info.Nonce.HasValue
            && (read.Nonce ?? default).Span.SequenceEqual((info.Nonce ?? default).Span)
            && read.TimeMs == info.TimeMs
            && read.SequenceNumber == info.SequenceNumber
            && Equals(read.Validity, info.Validity)
            && (read.Description?.Entries ?? []).SequenceEqual(info.Description?.Entries ?? [])
            && read.Encode(TlvType.InterestSignatureInfo).AsSpan().SequenceEqual(wire);
    }
}
