using FsCheck;
using FsCheck.Fluent;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tests.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Tests.Packets;

public sealed class PacketRoundTripTests
{
    /// <summary>Names without the digest components, whose places are rules of their own.</summary>
    private static readonly Gen<Name> PlainNames = NameGenerator.Names.Select(name =>
    {
        Name plain = Name.Parse("/p");
        for (int i = 0; i < name.Count; i++)
        {
            plain = name[i].Type <= 2 ? plain : plain.Append(name[i]);
        }

        return plain;
    });

    private static readonly Arbitrary<Interest> Interests = Arb.From(
        from name in PlainNames
        from canBePrefix in Gen.Elements(true, false)
        from mustBeFresh in Gen.Elements(true, false)
        from hintCount in Gen.Choose(0, 3)
        from hint in Gen.ArrayOf(PlainNames, hintCount)
        from nonce in Gen.OneOf(Gen.Constant<uint?>(null), Gen.Choose(0, int.MaxValue).Select(n => (uint?)((uint)n * 3)))
        from lifetimeMs in Gen.OneOf(Gen.Constant<ulong?>(null), Gen.Choose(0, int.MaxValue).Select(n => (ulong?)((ulong)n * 7)))
        from hopLimit in Gen.OneOf(Gen.Constant<byte?>(null), Gen.Choose(0, 255).Select(n => (byte?)n))
        from parameters in Gen.OneOf(
            Gen.Constant<ReadOnlyMemory<byte>?>(null), Properties.Octets(300).Select(octets => (ReadOnlyMemory<byte>?)octets))
        from reflexive in Gen.OneOf(Gen.Constant<Name?>(null), PlainNames.Select(n => (Name?)n))
        select new Interest
        {
            Name = name,
            CanBePrefix = canBePrefix,
            MustBeFresh = mustBeFresh,
            ForwardingHint = hint,
            Nonce = nonce,
            LifetimeMs = lifetimeMs,
            HopLimit = hopLimit,
            ApplicationParameters = parameters,
            ReflexiveName = reflexive,
        });

    private static readonly Arbitrary<DataFields> Fields = Arb.From(
        from name in PlainNames
        from contentType in Gen.Elements(0ul, 1ul, 2ul, 1024ul, ulong.MaxValue)
        from freshnessPeriodMs in Gen.Elements(0ul, 1ul, 3600000ul, ulong.MaxValue)
        from last in Gen.OneOf(
            Gen.Constant<NameComponent?>(null), NameGenerator.Components.Select(component => (NameComponent?)component))
        from content in Properties.Octets(600)
        select new DataFields
        {
            Name = name,
            ContentType = contentType,
            FreshnessPeriodMs = freshnessPeriodMs,
            FinalBlockId = last,
            Content = content,
        });

    [Fact]
    public void Interest_is_read_as_it_was_made() => Properties.Hold(Interests, made =>
        Interest.TryDecode(made.Encode(), out Interest? read) == TlvStatus.Ok && AreSame(made, read!)
        && read!.Name == made.GetWireName() && read.SignatureInfo is null);

    [Fact]
    public void Signed_interest_is_read_as_it_was_made_and_covers_the_same_octets() => Properties.Hold(Interests, made =>
    {
        Interest signed = made.Sign(LengthSigner.Instance, nonce: new byte[] { 1, 2 }, timeMs: 5, sequenceNumber: 6);
        return Interest.TryDecode(signed.Encode(), out Interest? read) == TlvStatus.Ok
            && read!.Name == signed.Name && signed.Name == signed.GetWireName()
            && read.GetSignedPortion().Span.SequenceEqual(signed.GetSignedPortion().Span)
            && read.SignatureValue.Span.SequenceEqual(LengthSigner.Signature(signed.GetSignedPortion().Span))
            && read.SignatureInfo is { TimeMs: 5, SequenceNumber: 6, Nonce.Length: 2 };
    });

    [Fact]
    public void Data_is_read_as_it_was_made() => Properties.Hold(Fields, fields =>
    {
        Data made = Data.Create(fields, LengthSigner.Instance);
        return Data.TryDecode(made.Wire.Span, out Data? read) == TlvStatus.Ok
            && read!.Name == fields.Name && read.ContentType == fields.ContentType
            && read.FreshnessPeriodMs == fields.FreshnessPeriodMs && read.FinalBlockId == fields.FinalBlockId
            && read.Content.Span.SequenceEqual(fields.Content.Span)
            && read.SignatureValue.Span.SequenceEqual(LengthSigner.Signature(read.SignedPortion.Span))
            && read.FullName.Count == read.Name.Count + 1;
    });

    [Fact]
    public void Two_steps_make_the_same_data_as_one() => Properties.Hold(Fields, fields =>
    {
        UnsignedData unsigned = new(fields, SignatureInfo.For(LengthSigner.Instance));
        byte[] packet = unsigned.Complete(LengthSigner.Signature(unsigned.SignedPortion.Span));
        return packet.AsSpan().SequenceEqual(Data.Create(fields, LengthSigner.Instance).Wire.Span);
    });

    [Fact]
    public void Digest_in_the_name_is_replaced_where_it_stands_and_moved_behind_by_a_signature()
    {
        Name stale = Name.Parse("/A").Append(NameComponent.ParametersDigest(new byte[32])).Append("tail");
        Interest interest = new() { Name = stale, ApplicationParameters = new byte[] { 1 } };
        Name wire = interest.GetWireName();
        Assert.Equal((3, TlvType.ParametersSha256DigestComponent, "tail"), (wire.Count, (uint)wire[1].Type, wire[2].ToString()));
        Assert.NotEqual(stale, wire);
        Name signed = interest.Sign(LengthSigner.Instance).Name;
        Assert.Equal(Name.Parse("/A/tail"), signed.Prefix(-1));
        Assert.Equal(TlvType.ParametersSha256DigestComponent, (uint)signed[^1].Type);
    }

    [Fact]
    public void Packets_that_nobody_may_send_are_refused_when_they_are_made()
    {
        Name digest = Name.Root.Append(NameComponent.ParametersDigest(new byte[32]));
        Name full = Name.Root.Append(NameComponent.ImplicitDigest(new byte[32]));
        Assert.Throws<InvalidOperationException>(() => new Interest { Name = Name.Root }.Encode());
        Assert.Throws<InvalidOperationException>(() => new Interest { Name = digest }.Encode());
        Assert.Throws<InvalidOperationException>(
            () => new Interest { Name = Name.Parse("/A"), ApplicationParameters = new byte[8800] }.Encode());
        Assert.Throws<ArgumentException>(() => Data.Create(full, default, LengthSigner.Instance));
        Assert.Throws<ArgumentException>(() => Data.Create(Name.Parse("/A"), new byte[8800], LengthSigner.Instance));
    }

    private static bool AreSame(Interest made, Interest read) =>
        made.CanBePrefix == read.CanBePrefix && made.MustBeFresh == read.MustBeFresh && made.Nonce == read.Nonce
        && made.ForwardingHint.SequenceEqual(read.ForwardingHint) && made.LifetimeMs == read.LifetimeMs
        && made.HopLimit == read.HopLimit && made.ReflexiveName == read.ReflexiveName
        && made.ApplicationParameters.HasValue == read.ApplicationParameters.HasValue
        && (made.ApplicationParameters ?? default).Span.SequenceEqual((read.ApplicationParameters ?? default).Span);

    /// <summary>A signer of no worth, whose signatures tell how much was covered and how it began.</summary>
    private sealed class LengthSigner : ISigner
    {
        internal static readonly LengthSigner Instance = new();

        public SignatureType Type => (SignatureType)77;

        public KeyLocator? KeyLocator => null;

        public int MaxSignatureOctets => 9;

        public int Sign(ReadOnlySpan<byte> signedPortion, Span<byte> signature)
        {
            byte[] made = Signature(signedPortion);
            made.CopyTo(signature);
            return made.Length;
        }

        internal static byte[] Signature(ReadOnlySpan<byte> signedPortion) =>
            [(byte)signedPortion.Length, (byte)(signedPortion.Length >> 8), signedPortion[0], signedPortion[^1]];
    }
}
