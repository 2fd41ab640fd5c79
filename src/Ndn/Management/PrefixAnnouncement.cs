using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Ndn.Management;

/// <summary>A Data packet by which a producer says that it serves a prefix, for how long, and from when to when.</summary>
/// <remarks>
/// Wire: Data <c>/PREFIX/32=PA/v=N/seg=0</c>, ContentType 5, Content { ExpirationPeriod 109, [ValidityPeriod 253] }.
/// Reading does not verify the signature.
/// Source: NFD, "PrefixAnnouncement".
/// </remarks>
public sealed class PrefixAnnouncement
{
    private const int SuffixCount = 3;
    private static readonly NameComponent Marker = NameComponent.Keyword("PA");

    private PrefixAnnouncement(Data data, Name announcedName, ulong expirationPeriodMs, ValidityPeriod? validity)
    {
        Data = data;
        AnnouncedName = announcedName;
        ExpirationPeriodMs = expirationPeriodMs;
        Validity = validity;
    }

    /// <summary>The packet itself.</summary>
    public Data Data { get; }

    /// <summary>The prefix that is served.</summary>
    public Name AnnouncedName { get; }

    /// <summary>How long a route made from it lasts.</summary>
    /// <remarks>Units: milliseconds.</remarks>
    public ulong ExpirationPeriodMs { get; }

    /// <summary>When it holds; null when that is not limited.</summary>
    public ValidityPeriod? Validity { get; }

    /// <summary>Makes and signs an announcement.</summary>
    /// <param name="announcedName">The prefix that is served.</param>
    /// <param name="version">A higher one than that of any earlier announcement of the prefix.</param>
    /// <param name="expirationPeriodMs">How long a route made from it lasts.</param>
    /// <param name="validity">When it holds, or null.</param>
    /// <param name="signer">Signs at once, on the caller's thread.</param>
    public static PrefixAnnouncement Create(
        Name announcedName, ulong version, ulong expirationPeriodMs, ValidityPeriod? validity, ISigner signer)
    {
        ArgumentNullException.ThrowIfNull(announcedName);
        Name name = announcedName
            .Append(Marker)
            .Append(NameComponent.Version(version))
            .Append(NameComponent.Segment(0));
        byte[] content = EncodeContent(expirationPeriodMs, validity);
        Data data = Data.Create(name, content, signer, contentType: ContentTypes.PrefixAnnouncement);
        return new PrefixAnnouncement(data, announcedName, expirationPeriodMs, validity);
    }

    /// <summary>Reads a whole Data packet.</summary>
    /// <returns>
    /// <see cref="TlvStatus.Ok"/>; <see cref="TlvStatus.NotAPacket"/> for Data of another kind; or what is wrong inside.
    /// </returns>
    public static TlvStatus TryDecode(ReadOnlySpan<byte> packet, out PrefixAnnouncement? announcement)
    {
        announcement = null;
        TlvStatus status = Data.TryDecode(packet, out Data? data);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        Name name = data!.Name;
        bool isAnnouncement = data.ContentType == ContentTypes.PrefixAnnouncement
            && name.Count >= SuffixCount
            && name[^3] == Marker
            && name[^2].Type == TlvType.VersionNameComponent
            && name[^1] == NameComponent.Segment(0);
        if (!isAnnouncement)
        {
            return TlvStatus.NotAPacket;
        }

        status = ReadContent(data.Content.Span, out ulong? expirationPeriodMs, out ValidityPeriod? validity);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        if (expirationPeriodMs is not ulong period)
        {
            return TlvStatus.MissingElement;
        }

        announcement = new PrefixAnnouncement(data, name.Prefix(name.Count - SuffixCount), period, validity);
        return TlvStatus.Ok;
    }

    /// <summary>How long a route made from it at a given time lasts; 0 outside its validity.</summary>
    /// <param name="unixNowMs">The present, in milliseconds since the Unix epoch.</param>
    /// <returns>Milliseconds: the expiration period, cut at the end of the validity.</returns>
    public ulong RemainingLifeMs(ulong unixNowMs)
    {
        if (Validity is null)
        {
            return ExpirationPeriodMs;
        }

        long nowMs = (long)Math.Min(unixNowMs, long.MaxValue);
        long notBeforeMs = Validity.NotBefore.ToUnixTimeMilliseconds();
        long notAfterMs = Validity.NotAfter.ToUnixTimeMilliseconds();
        return nowMs < notBeforeMs || nowMs >= notAfterMs
            ? 0
            : Math.Min(ExpirationPeriodMs, (ulong)(notAfterMs - nowMs));
    }

    private static byte[] EncodeContent(ulong expirationPeriodMs, ValidityPeriod? validity)
    {
        int length = TlvWriter.SizeOfNumber(ManagementTlvType.ExpirationPeriod, expirationPeriodMs)
            + (validity is null ? 0 : ValidityPeriod.EncodedLength);
        byte[] content = new byte[length];
        var writer = new TlvWriter(content);
        writer.WriteNumber(ManagementTlvType.ExpirationPeriod, expirationPeriodMs);
        validity?.Write(ref writer);
        return content;
    }

    private static TlvStatus ReadContent(
        ReadOnlySpan<byte> content, out ulong? expirationPeriodMs, out ValidityPeriod? validity)
    {
        expirationPeriodMs = null;
        validity = null;
        var reader = new TlvReader(content);
        TlvStatus status = TlvStatus.Ok;
        while (status == TlvStatus.Ok && !reader.IsAtEnd)
        {
            status = reader.TryRead(out TlvElement element);
            if (status == TlvStatus.Ok)
            {
                status = element.Type switch
                {
                    ManagementTlvType.ExpirationPeriod => ManagementTlvFields.Number(element, ref expirationPeriodMs),
                    TlvType.ValidityPeriod => ValidityPeriod.TryDecode(element.Whole, out validity),
                    _ => CriticalRule.IsCritical(element.Type) ? TlvStatus.UnknownCritical : TlvStatus.Ok,
                };
            }
        }

        return status;
    }
}
