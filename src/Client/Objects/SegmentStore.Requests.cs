using Piccolo.Ndn;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Client.Objects;

/// <content>Interests, and the way of a packet from content over signature to answer.</content>
public sealed partial class SegmentStore
{
    private readonly Dictionary<ulong, SegmentJob> _jobs = [];
    private readonly Dictionary<Name, SegmentJob> _jobsByName = [];
    private readonly Dictionary<Name, LinkedListNode<SignedSegment>> _signed = [];
    private readonly LinkedList<SignedSegment> _signedByUse = new();
    private readonly Dictionary<Name, (byte[] Wire, Instant Until)> _metadata = [];
    private ulong _lastJob;
    private ulong _lastMetadataVersion;

    /// <summary>Takes an Interest.</summary>
    /// <param name="replyToken">Comes back with the answer.</param>
    /// <param name="interest">The Interest.</param>
    /// <param name="now">The time.</param>
    /// <returns>See <see cref="StoreLookup"/>; unless Waiting or Answered, no answer follows.</returns>
    public StoreLookup HandleInterest(ulong replyToken, Interest interest, Instant now)
    {
        ArgumentNullException.ThrowIfNull(interest);
        NameComponent? digest = null;
        Name name = interest.Name;
        if (name.Count > 0 && name[^1].Type == TlvType.ImplicitSha256DigestComponent)
        {
            digest = name[^1];
            name = name.Prefix(-1);
        }

        if (!TryResolve(name, interest.CanBePrefix && digest is null, out PublishedObject? published, out ulong? segment))
        {
            _counters.NotFound++;
            return StoreLookup.NotFound;
        }

        Touch(published!);
        Name packetName = segment is { } number
            ? published!.NameOf(number)
            : RdrMetadata.DiscoveryName(published!.ObjectName);
        if (TryFindMade(packetName, segment, now, out ReadOnlyMemory<byte> wire))
        {
            return Answer(replyToken, digest, wire);
        }

        return Begin(published, segment, packetName, replyToken, digest, now);
    }

    /// <summary>Takes the octets that a ContentNeeded asked for; copied.</summary>
    public void HandleContent(ulong jobId, ReadOnlySpan<byte> content, Instant now)
    {
        if (!_jobs.TryGetValue(jobId, out SegmentJob? job) || job.Unsigned is not null
            || job.Segment is not { } segment || content.Length != job.Object.LengthOf(segment))
        {
            _counters.BadOutcomes++;
            return;
        }

        Sign(job, job.Object.FieldsOf(segment, content.ToArray()), now);
    }

    /// <summary>Takes the signature that a SignatureNeeded asked for.</summary>
    public void HandleSigned(ulong jobId, ReadOnlySpan<byte> signature, Instant now)
    {
        if (!_jobs.TryGetValue(jobId, out SegmentJob? job) || job.Unsigned is not { } unsigned
            || unsigned.SizeWith(signature.Length) > PacketLimits.MaxPacketOctets)
        {
            _counters.BadOutcomes++;
            return;
        }

        Finish(job, unsigned.Complete(signature), now);
    }

    /// <summary>Learns that content or signature cannot be had: who waits gets no answer.</summary>
    public void HandleFailed(ulong jobId)
    {
        if (!_jobs.TryGetValue(jobId, out SegmentJob? job))
        {
            _counters.BadOutcomes++;
            return;
        }

        Forget(job);
        _counters.Unanswered += (ulong)job.Waiters.Count;
    }

    private bool TryResolve(Name name, bool canBePrefix, out PublishedObject? published, out ulong? segment)
    {
        published = null;
        segment = 0;
        if (name.Count == 0)
        {
            return false;
        }

        Name parent = name.Prefix(-1);
        if (name[^1].Type == TlvType.SegmentNameComponent && _objects.TryGetValue(parent, out published))
        {
            bool isSegment = name[^1].TryGetNumber(out ulong number) && number <= published.LastSegment;
            segment = number;
            return isSegment && name == published.NameOf(number);
        }

        if (!canBePrefix)
        {
            return false;
        }

        if (_objects.TryGetValue(name, out published))
        {
            return true;
        }

        bool isMetadata = name[^1] == RdrMetadata.Keyword;
        segment = isMetadata ? null : 0;
        if (_versions.TryGetValue(isMetadata ? parent : name, out List<PublishedObject>? versions))
        {
            published = versions[^1];
            return true;
        }

        return false;
    }

    private bool TryFindMade(Name name, ulong? segment, Instant now, out ReadOnlyMemory<byte> wire)
    {
        wire = default;
        if (segment is null)
        {
            bool isFresh = _metadata.TryGetValue(name.Prefix(-1), out (byte[] Wire, Instant Until) made) && now < made.Until;
            wire = isFresh ? made.Wire : default;
            return isFresh;
        }

        if (!_signed.TryGetValue(name, out LinkedListNode<SignedSegment>? node))
        {
            return false;
        }

        _signedByUse.Remove(node);
        _signedByUse.AddLast(node);
        wire = node.Value.Wire;
        return true;
    }

    private StoreLookup Answer(ulong replyToken, NameComponent? digest, ReadOnlyMemory<byte> wire)
    {
        if (!HasDigest(wire, digest))
        {
            _counters.NotFound++;
            return StoreLookup.NotFound;
        }

        _counters.Answered++;
        _answers.Enqueue(new StoreAnswer(replyToken, wire));
        return StoreLookup.Answered;
    }

    private StoreLookup Begin(
        PublishedObject published, ulong? segment, Name name, ulong replyToken, NameComponent? digest, Instant now)
    {
        if (!_jobsByName.TryGetValue(name, out SegmentJob? job))
        {
            if (_jobs.Count >= _options.JobsMax)
            {
                _counters.Busy++;
                return StoreLookup.Busy;
            }

            job = new SegmentJob { Id = ++_lastJob, Object = published, Segment = segment, Name = name };
            _jobs.Add(job.Id, job);
            _jobsByName.Add(name, job);
            job.Waiters.Add((replyToken, digest));
            int answersBefore = _answers.Count;
            Start(job, now);
            return _jobs.ContainsKey(job.Id) ? StoreLookup.Waiting
                : _answers.Count > answersBefore ? StoreLookup.Answered
                : StoreLookup.NotFound;
        }

        if (job.Waiters.Count >= _options.WaitersPerJobMax)
        {
            _counters.Busy++;
            return StoreLookup.Busy;
        }

        job.Waiters.Add((replyToken, digest));
        return StoreLookup.Waiting;
    }

    private void Start(SegmentJob job, Instant now)
    {
        PublishedObject published = job.Object;
        if (job.Segment is not { } segment)
        {
            ulong time = _options.UnixTimeAtZeroMs + (ulong)Math.Max(0, now.Milliseconds);
            _lastMetadataVersion = Math.Max(_lastMetadataVersion + 1, time);
            var metadata = new RdrMetadata(published.VersionedName);
            ulong freshnessMs = published.Options.MetadataFreshnessPeriodMs;
            Sign(job, metadata.ToFields(published.ObjectName, _lastMetadataVersion, freshnessMs), now);
        }
        else if (published.Content is { } content)
        {
            int offset = (int)published.OffsetOf(segment);
            Sign(job, published.FieldsOf(segment, content.Slice(offset, published.LengthOf(segment))), now);
        }
        else
        {
            _events.Enqueue(new StoreEvent
            {
                Kind = StoreEventKind.ContentNeeded,
                JobId = job.Id,
                Name = published.VersionedName,
                Offset = published.OffsetOf(segment),
                Length = published.LengthOf(segment),
            });
        }
    }

    private void Sign(SegmentJob job, DataFields fields, Instant now)
    {
        job.Unsigned = new UnsignedData(fields, job.Object.SignatureInfo);
        if (job.Object.Options.Signer is not { } signer)
        {
            _events.Enqueue(new StoreEvent
            {
                Kind = StoreEventKind.SignatureNeeded,
                JobId = job.Id,
                Name = job.Object.VersionedName,
                Unsigned = job.Unsigned,
            });
            return;
        }

        byte[] signature = new byte[signer.MaxSignatureOctets];
        int length = signer.Sign(job.Unsigned.SignedPortion.Span, signature);
        Finish(job, job.Unsigned.Complete(signature.AsSpan(0, length)), now);
    }

    private void Finish(SegmentJob job, byte[] wire, Instant now)
    {
        Forget(job);
        _counters.PacketsMade++;
        Keep(job, wire, now);
        foreach ((ulong replyToken, NameComponent? digest) in job.Waiters)
        {
            Answer(replyToken, digest, wire);
        }
    }

    private void Keep(SegmentJob job, byte[] wire, Instant now)
    {
        PublishedObject published = job.Object;
        if (published.Use is null)
        {
            // It was withdrawn meanwhile.
            return;
        }

        if (job.Segment is not { } segment)
        {
            bool isNewest = _versions.TryGetValue(published.ObjectName, out List<PublishedObject>? versions)
                && ReferenceEquals(versions[^1], published);
            if (isNewest)
            {
                TimeSpan fresh = TimeSpan.FromMilliseconds((double)published.Options.MetadataFreshnessPeriodMs);
                _metadata[published.ObjectName] = (wire, now + fresh);
            }

            return;
        }

        if (wire.Length > _options.SignedOctetsMax)
        {
            return;
        }

        while (SignedOctets + wire.Length > _options.SignedOctetsMax && _signedByUse.First is { } oldest)
        {
            _signedByUse.Remove(oldest);
            _signed.Remove(oldest.Value.Object.NameOf(oldest.Value.Segment));
            oldest.Value.Object.SignedSegments.Remove(oldest.Value.Segment);
            SignedOctets -= oldest.Value.Wire.Length;
        }

        SignedOctets += wire.Length;
        published.SignedSegments.Add(segment);
        _signed[job.Name] = _signedByUse.AddLast(new SignedSegment(published, segment, wire));
    }

    private void Touch(PublishedObject published)
    {
        if (published.Use is { } use)
        {
            _byUse.Remove(use);
            _byUse.AddLast(use);
        }
    }

    private void Forget(SegmentJob job)
    {
        _jobs.Remove(job.Id);
        _jobsByName.Remove(job.Name);
    }
}
