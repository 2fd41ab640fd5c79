using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;

namespace Piccolo.Forwarder.Management;

/// <summary>Makes the Data packets of management.</summary>
internal static class ManagementData
{
    /// <summary>FreshnessPeriod of every answer.</summary>
    /// <remarks>Units: milliseconds. Source: NFD's dispatcher.</remarks>
    public const ulong FreshnessMs = 1000;

    /// <summary>A packet with a payload.</summary>
    public static byte[] Make(
        Name name, ReadOnlyMemory<byte> content, ISigner signer, NameComponent? finalBlockId = null) => Sign(
        new DataFields
        {
            Name = name,
            Content = content,
            FreshnessPeriodMs = FreshnessMs,
            FinalBlockId = finalBlockId,
        },
        signer);

    /// <summary>A packet that says why a dataset cannot be had.</summary>
    public static byte[] MakeNack(Name name, ReadOnlyMemory<byte> response, ISigner signer) => Sign(
        new DataFields
        {
            Name = name,
            Content = response,
            FreshnessPeriodMs = FreshnessMs,
            ContentType = ContentTypes.Nack,
        },
        signer);

    private static byte[] Sign(DataFields fields, ISigner signer)
    {
        var unsigned = new UnsignedData(fields, SignatureInfo.For(signer));
        Span<byte> signature = stackalloc byte[Math.Max(1, signer.MaxSignatureOctets)];
        int length = signer.Sign(unsigned.SignedPortion.Span, signature);
        return unsigned.Complete(signature[..length]);
    }
}
