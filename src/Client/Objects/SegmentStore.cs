using System.Security.Cryptography;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Client.Objects;

/// <summary>Publishes objects as segments, and answers Interests for them.</summary>
/// <remarks>
/// A core without clock or thread. After each input take answers and events until both say false. One owner thread.
/// Segments are cut and signed when they are first asked for. An Interest for a segment, for a versioned name with CanBePrefix
/// (segment 0), for an object with CanBePrefix (segment 0 of the newest version) or for <c>/object/32=metadata</c> is answered.
/// Bound: <see cref="SegmentStoreOptions"/>; each input makes at most one packet.
/// </remarks>
public sealed partial class SegmentStore
{
    private readonly SegmentStoreOptions _options;
    private readonly Dictionary<Name, PublishedObject> _objects = [];
    private readonly Dictionary<Name, List<PublishedObject>> _versions = [];
    private readonly LinkedList<PublishedObject> _byUse = new();
    private readonly Queue<StoreAnswer> _answers = new();
    private readonly Queue<StoreEvent> _events = new();
    private StoreCounters _counters;

    /// <summary>Makes an empty store.</summary>
    public SegmentStore(SegmentStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>What it was asked for.</summary>
    public ref readonly StoreCounters Counters => ref _counters;

    /// <summary>Objects that can be asked for, each version counted.</summary>
    public int ObjectCount => _objects.Count;

    /// <summary>Octets of content in memory.</summary>
    public long RetainedOctets { get; private set; }

    /// <summary>Octets of signed packets in memory.</summary>
    public long SignedOctets { get; private set; }

    /// <summary>Segments that wait for content or signature.</summary>
    public int JobCount => _jobs.Count;

    /// <summary>Takes the next answer.</summary>
    public bool TryTakeAnswer(out StoreAnswer answer) => _answers.TryDequeue(out answer);

    /// <summary>Takes the next event.</summary>
    public bool TryTakeEvent(out StoreEvent storeEvent) => _events.TryDequeue(out storeEvent);

    /// <summary>Publishes content that is in memory; it is not copied and must not change.</summary>
    /// <returns>See <see cref="PublishStatus"/>.</returns>
    public PublishStatus Publish(Name objectName, ulong version, ReadOnlyMemory<byte> content, PublishOptions options) =>
        Publish(objectName, version, (ulong)content.Length, content, options);

    /// <summary>Publishes content that is elsewhere: each segment's octets are asked for by an event.</summary>
    /// <param name="objectName">The name without version.</param>
    /// <param name="version">Larger than that of any earlier version.</param>
    /// <param name="length">Octets of the whole.</param>
    /// <param name="options">How it is cut and signed.</param>
    /// <returns>See <see cref="PublishStatus"/>.</returns>
    public PublishStatus PublishLazily(Name objectName, ulong version, ulong length, PublishOptions options) =>
        Publish(objectName, version, length, null, options);

    /// <summary>Takes a version away; packets that are under way are still answered.</summary>
    /// <param name="versionedName">Object name and version.</param>
    /// <returns>Whether it was there.</returns>
    public bool Withdraw(Name versionedName)
    {
        ArgumentNullException.ThrowIfNull(versionedName);
        if (!_objects.Remove(versionedName, out PublishedObject? published))
        {
            return false;
        }

        Remove(published);
        return true;
    }

    /// <summary>The versioned name and last segment of the newest version, or null.</summary>
    public (Name VersionedName, ulong LastSegment)? Newest(Name objectName)
    {
        ArgumentNullException.ThrowIfNull(objectName);
        return _versions.TryGetValue(objectName, out List<PublishedObject>? versions)
            ? (versions[^1].VersionedName, versions[^1].LastSegment)
            : null;
    }

    private PublishStatus Publish(
        Name objectName, ulong version, ulong length, ReadOnlyMemory<byte>? content, PublishOptions options)
    {
        ArgumentNullException.ThrowIfNull(objectName);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.SegmentOctets);
        SignatureInfo info = options.Signer is { } signer
            ? SignatureInfo.For(signer)
            : options.SignatureInfo ?? throw new ArgumentException("neither signer nor SignatureInfo", nameof(options));
        Name versionedName = objectName.Append(NameComponent.Version(version));
        if (_objects.ContainsKey(versionedName))
        {
            return PublishStatus.AlreadyPublished;
        }

        int segmentOctets = Math.Min(options.SegmentOctets, RoomForPayload(versionedName, options, info));
        if (segmentOctets <= 0)
        {
            return PublishStatus.NameTooLong;
        }

        if (!TryMakeRoom(content?.Length ?? 0))
        {
            return PublishStatus.NoRoom;
        }

        Add(new PublishedObject
        {
            ObjectName = objectName,
            VersionedName = versionedName,
            Version = version,
            Length = length,
            Content = content,
            Options = options,
            SignatureInfo = info,
            SegmentOctets = segmentOctets,
        });
        return PublishStatus.Published;
    }

    /// <summary>How much payload a packet of the largest segment number can hold.</summary>
    private static int RoomForPayload(Name versionedName, PublishOptions options, SignatureInfo info)
    {
        const int LengthGrowth = 12;
        var fields = new DataFields
        {
            Name = versionedName.Append(NameComponent.Segment(ulong.MaxValue)),
            Content = new byte[1],
            ContentType = options.ContentType,
            FreshnessPeriodMs = options.FreshnessPeriodMs,
            FinalBlockId = NameComponent.Segment(ulong.MaxValue),
        };
        int signatureOctets = options.Signer?.MaxSignatureOctets ?? options.SignatureOctetsMax;
        return PacketLimits.MaxPacketOctets - new UnsignedData(fields, info).SizeWith(signatureOctets) - LengthGrowth;
    }

    private bool TryMakeRoom(long octets)
    {
        if (octets > _options.RetainedOctetsMax)
        {
            return false;
        }

        LinkedListNode<PublishedObject>? candidate = _byUse.First;
        while (_objects.Count >= _options.ObjectsMax || RetainedOctets + octets > _options.RetainedOctetsMax)
        {
            while (candidate?.Value.Options.IsPinned == true)
            {
                candidate = candidate.Next;
            }

            if (candidate is null)
            {
                return false;
            }

            PublishedObject evicted = candidate.Value;
            candidate = candidate.Next;
            _objects.Remove(evicted.VersionedName);
            Remove(evicted);
            _counters.Evicted++;
            _events.Enqueue(new StoreEvent { Kind = StoreEventKind.Evicted, Name = evicted.VersionedName });
        }

        return true;
    }

    private void Add(PublishedObject published)
    {
        _objects.Add(published.VersionedName, published);
        RetainedOctets += published.RetainedOctets;
        published.Use = _byUse.AddLast(published);
        if (!_versions.TryGetValue(published.ObjectName, out List<PublishedObject>? versions))
        {
            versions = [];
            _versions.Add(published.ObjectName, versions);
        }

        int at = versions.Count;
        while (at > 0 && versions[at - 1].Version > published.Version)
        {
            at--;
        }

        versions.Insert(at, published);
        _metadata.Remove(published.ObjectName);
    }

    private void Remove(PublishedObject published)
    {
        RetainedOctets -= published.RetainedOctets;
        if (published.Use is { } use)
        {
            _byUse.Remove(use);
            published.Use = null;
        }

        List<PublishedObject> versions = _versions[published.ObjectName];
        versions.Remove(published);
        if (versions.Count == 0)
        {
            _versions.Remove(published.ObjectName);
        }

        _metadata.Remove(published.ObjectName);
        foreach (ulong segment in published.SignedSegments)
        {
            if (_signed.Remove(published.NameOf(segment), out LinkedListNode<SignedSegment>? node))
            {
                SignedOctets -= node.Value.Wire.Length;
                _signedByUse.Remove(node);
            }
        }

        published.SignedSegments.Clear();
    }

    private static bool HasDigest(ReadOnlyMemory<byte> wire, NameComponent? digest) =>
        digest is not { } wanted || wanted.Value.Span.SequenceEqual(SHA256.HashData(wire.Span));
}
