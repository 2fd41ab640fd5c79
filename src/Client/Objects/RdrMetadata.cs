using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Client.Objects;

/// <summary>RDR metadata: tells a consumer the versioned name of an object.</summary>
/// <remarks>
/// Wire: Data <c>/object/32=metadata/v=time/seg=0</c> whose Content is a Name, then elements of other protocols.
/// Source: RDR (realtime data retrieval) as ndn-cxx and NDNts speak it.
/// </remarks>
/// <param name="VersionedName">The name right above the segments.</param>
/// <param name="Extensions">Whole elements behind the name, unread; empty when there are none.</param>
public sealed record RdrMetadata(Name VersionedName, ReadOnlyMemory<byte> Extensions = default)
{
    /// <summary>The keyword component of every metadata packet.</summary>
    public static NameComponent Keyword { get; } = NameComponent.Keyword("metadata");

    /// <summary>The name to ask for an object's metadata; to be asked with CanBePrefix and MustBeFresh.</summary>
    public static Name DiscoveryName(Name objectName)
    {
        ArgumentNullException.ThrowIfNull(objectName);
        return objectName.Append(Keyword);
    }

    /// <summary>The Interest that asks for an object's metadata.</summary>
    public static Interest DiscoveryInterest(Name objectName) => new()
    {
        Name = DiscoveryName(objectName),
        CanBePrefix = true,
        MustBeFresh = true,
    };

    /// <summary>Reads a metadata packet; whether it is genuine is the caller's question.</summary>
    /// <returns>
    /// Ok; MissingElement when the Content does not begin with a Name; BadName when the packet's own name has no metadata
    /// component; UnknownCritical for a critical element behind the name; or what is wrong with the elements.
    /// </returns>
    public static TlvStatus TryParse(Data data, out RdrMetadata? metadata)
    {
        ArgumentNullException.ThrowIfNull(data);
        metadata = null;
        bool isMetadata = false;
        for (int i = 0; i < data.Name.Count; i++)
        {
            isMetadata |= data.Name[i] == Keyword;
        }

        if (!isMetadata)
        {
            return TlvStatus.BadName;
        }

        var reader = new TlvReader(data.Content.Span);
        TlvStatus status = reader.TryRead(TlvType.Name, out TlvElement element);
        if (status != TlvStatus.Ok)
        {
            return status;
        }

        status = Name.TryDecode(element.Whole, out Name? name);
        if (status != TlvStatus.Ok || name is null)
        {
            return status;
        }

        int extensionsAt = reader.Position;
        while (!reader.IsAtEnd)
        {
            status = reader.TryRead(out TlvElement extension);
            if (status != TlvStatus.Ok)
            {
                return status;
            }

            // FinalBlockId, critical by its number, stands there in file metadata.
            if (CriticalRule.IsCritical(extension.Type) && extension.Type != TlvType.FinalBlockId)
            {
                return TlvStatus.UnknownCritical;
            }
        }

        metadata = new RdrMetadata(name, data.Content[extensionsAt..]);
        return TlvStatus.Ok;
    }

    /// <summary>What the packet's Content is.</summary>
    public byte[] EncodeContent()
    {
        byte[] content = new byte[VersionedName.EncodedLength + Extensions.Length];
        var writer = new TlvWriter(content);
        VersionedName.Write(ref writer);
        writer.WriteRaw(Extensions.Span);
        return content;
    }

    /// <summary>What the packet says, before it is signed.</summary>
    /// <param name="objectName">The name that consumers know.</param>
    /// <param name="time">Version of the metadata packet itself; larger than that of any before.</param>
    /// <param name="freshnessPeriodMs">How long stores may answer with it: a new version stays unseen for as long.</param>
    public DataFields ToFields(Name objectName, ulong time, ulong freshnessPeriodMs) => new()
    {
        Name = DiscoveryName(objectName).Append(NameComponent.Version(time)).Append(NameComponent.Segment(0)),
        Content = EncodeContent(),
        FreshnessPeriodMs = freshnessPeriodMs,
        FinalBlockId = NameComponent.Segment(0),
    };

    /// <summary>Makes the packet and signs it at once.</summary>
    /// <param name="objectName">The name that consumers know.</param>
    /// <param name="time">Version of the metadata packet itself.</param>
    /// <param name="signer">Signs on the caller's thread.</param>
    /// <param name="freshnessPeriodMs">How long stores may answer with it.</param>
    public Data ToData(Name objectName, ulong time, ISigner signer, ulong freshnessPeriodMs = 10) =>
        Data.Create(ToFields(objectName, time, freshnessPeriodMs), signer);
}
