using Piccolo.Ndn;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Security;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Forwarder.Management;

/// <summary>Keeps status datasets for a moment, so that their segments can be fetched one by one.</summary>
/// <remarks>
/// A dataset is kept whole and its segments are signed when they are asked for. It ends a moment after it was last asked
/// for, and at most thirty such moments after it was made.
/// Bound: <see cref="ManagementOptions.DatasetCountMax"/> and <see cref="ManagementOptions.DatasetOctetsMax"/>; the
/// oldest gives way.
/// </remarks>
internal sealed class DatasetPublisher
{
    private const int LifetimesMax = 30;
    private const ushort SegmentType = (ushort)TlvType.SegmentNameComponent;

    private readonly ManagementOptions _options;
    private readonly WallClock _clock;
    private readonly ISigner _signer;
    private readonly List<Published> _datasets = [];
    private ulong _lastVersion;

    public DatasetPublisher(ManagementOptions options, WallClock clock, ISigner signer)
    {
        _options = options;
        _clock = clock;
        _signer = signer;
    }

    /// <summary>Datasets kept.</summary>
    public int Count => _datasets.Count;

    /// <summary>Octets of the datasets kept.</summary>
    public long Octets { get; private set; }

    /// <summary>When the next dataset is forgotten.</summary>
    public Instant NextTimeout
    {
        get
        {
            Instant next = Instant.Never;
            foreach (Published dataset in _datasets)
            {
                next = Instant.Min(next, dataset.ExpiresAt);
            }

            return next;
        }
    }

    /// <summary>Publishes a dataset under a version of its own.</summary>
    /// <param name="prefix">Name of the dataset, filter included.</param>
    /// <param name="content">Its whole content; the publisher keeps it.</param>
    /// <param name="now">The present; the version is its time of day.</param>
    /// <returns>The Data of the first segment.</returns>
    public byte[] Publish(Name prefix, byte[] content, Instant now)
    {
        _lastVersion = Math.Max(_lastVersion + 1, _clock.ToUnixMs(now));
        var dataset = new Published(prefix.Append(NameComponent.Version(_lastVersion)), content, now);
        Extend(dataset, now);
        while (_datasets.Count > 0
            && (_datasets.Count >= _options.DatasetCountMax || Octets + content.Length > _options.DatasetOctetsMax))
        {
            RemoveAt(0);
        }

        _datasets.Add(dataset);
        Octets += content.Length;
        return MakeSegment(dataset, segment: 0);
    }

    /// <summary>Finds a segment that is still kept.</summary>
    /// <param name="name">Name of a segment; or, with <paramref name="canBePrefix"/>, of a version.</param>
    /// <param name="canBePrefix">Whether a longer name satisfies.</param>
    /// <param name="now">The present.</param>
    /// <param name="packet">The Data, if there is one.</param>
    public bool TryGet(Name name, bool canBePrefix, Instant now, out byte[] packet)
    {
        foreach (Published dataset in _datasets)
        {
            if (dataset.ExpiresAt <= now || !dataset.VersionedName.IsPrefixOf(name))
            {
                continue;
            }

            ulong segment = 0;
            int extra = name.Count - dataset.VersionedName.Count;
            bool isSegment = extra == 1 && name[^1].Type == SegmentType && name[^1].TryGetNumber(out segment);
            bool isVersion = extra == 0 && canBePrefix;
            if ((isSegment || isVersion) && segment < (ulong)SegmentCount(dataset))
            {
                Extend(dataset, now);
                packet = MakeSegment(dataset, (int)segment);
                return true;
            }
        }

        packet = [];
        return false;
    }

    /// <summary>Forgets datasets whose time is over.</summary>
    public void HandleTimeout(Instant now)
    {
        for (int i = _datasets.Count - 1; i >= 0; i--)
        {
            if (_datasets[i].ExpiresAt <= now)
            {
                RemoveAt(i);
            }
        }
    }

    private void Extend(Published dataset, Instant now)
    {
        Instant last = dataset.MadeAt + (_options.DatasetLifetime * LifetimesMax);
        dataset.ExpiresAt = Instant.Min(now + _options.DatasetLifetime, last);
    }

    private void RemoveAt(int index)
    {
        Octets -= _datasets[index].Content.Length;
        _datasets.RemoveAt(index);
    }

    private int SegmentCount(Published dataset) =>
        Math.Max(1, (dataset.Content.Length + _options.SegmentOctetsMax - 1) / _options.SegmentOctetsMax);

    private byte[] MakeSegment(Published dataset, int segment)
    {
        int offset = segment * _options.SegmentOctetsMax;
        int length = Math.Min(_options.SegmentOctetsMax, dataset.Content.Length - offset);
        NameComponent component = NameComponent.Segment((ulong)segment);
        bool isLast = segment == SegmentCount(dataset) - 1;
        return ManagementData.Make(
            dataset.VersionedName.Append(component),
            dataset.Content.AsMemory(offset, length),
            _signer,
            finalBlockId: isLast ? component : null);
    }

    private sealed class Published(Name versionedName, byte[] content, Instant madeAt)
    {
        public Name VersionedName { get; } = versionedName;

        public byte[] Content { get; } = content;

        public Instant MadeAt { get; } = madeAt;

        public Instant ExpiresAt { get; set; }
    }
}
