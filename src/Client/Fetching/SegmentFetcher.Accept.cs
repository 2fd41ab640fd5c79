using System.Globalization;
using System.Security.Cryptography;
using Piccolo.Client.Objects;
using Piccolo.Ndn;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Client.Fetching;

/// <content>Segments that count, and the end.</content>
public sealed partial class SegmentFetcher
{
    private void Accept(FetchSlot slot, Data data)
    {
        if (data.ContentType == ContentTypes.Nack)
        {
            Fail(slot, FetchFailure.RefusedByProducer, "is refused by its producer", data);
        }
        else if (ReferenceEquals(slot, _discovery))
        {
            AcceptDiscovery(data);
        }
        else
        {
            AcceptSegment(slot, data);
        }
    }

    private void AcceptDiscovery(Data data)
    {
        if (_options.Discovery == FetchDiscovery.Metadata)
        {
            TlvStatus status = RdrMetadata.TryParse(data, out RdrMetadata? metadata);
            if (status != TlvStatus.Ok || metadata is null)
            {
                string text = $"the metadata {data.Name} holds no name";
                Fail(new FetchError(FetchFailure.BadMetadata, data.Name, null, text, data));
                return;
            }

            SetObjectName(metadata.VersionedName);
            return;
        }

        SetObjectName(data.Name.Prefix(-1));
        if (data.Name[^1].TryGetNumber(out ulong segment) && segment < (ulong)_options.ReorderSegmentsMax)
        {
            var slot = new FetchSlot(segment) { Sendings = 1 };
            _slots.Add(segment, slot);
            AcceptSegment(slot, data);
        }
    }

    private void SetObjectName(Name name)
    {
        if (_discovery is not null)
        {
            _discovery.Phase = FetchPhase.Dropped;
            _discovery = null;
        }

        ObjectName = name;
        _events.Enqueue(new FetchEvent { Kind = FetchEventKind.Discovered, Name = name });
    }

    private void AcceptSegment(FetchSlot slot, Data data)
    {
        if (!TryLearnEnd(slot, data))
        {
            return;
        }

        slot.Phase = FetchPhase.Ready;
        slot.Data = data;
        _progress.SegmentsReceived++;
        while (!IsFinished && _slots.TryGetValue(_nextInOrder, out FetchSlot? next)
            && next is { Phase: FetchPhase.Ready, Data: { } nextData })
        {
            HandOn(next, nextData);
        }
    }

    private void HandOn(FetchSlot slot, Data data)
    {
        _slots.Remove(slot.Segment);
        _nextInOrder++;
        _progress.OctetsInOrder += (ulong)data.Content.Length;
        if (_progress.OctetsInOrder > _options.OctetsMax)
        {
            Fail(slot, FetchFailure.TooLarge, $"makes the object larger than the {_options.OctetsMax} octets allowed");
            return;
        }

        _hash?.AppendData(data.Content.Span);
        _ready.Enqueue(new FetchedSegment(slot.Segment, data));
        if (slot.Segment == LastSegment)
        {
            Complete();
        }
    }

    private void Complete()
    {
        if (_hash is not null)
        {
            Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
            _hash.GetHashAndReset(digest);
            if (!digest.SequenceEqual(_options.ExpectedSha256.Span))
            {
                string expected = Convert.ToHexStringLower(_options.ExpectedSha256.Span);
                string text = $"{ObjectName} has SHA-256 {Convert.ToHexStringLower(digest)} in place of {expected}";
                Fail(new FetchError(FetchFailure.DigestMismatch, ObjectName, null, text));
                return;
            }
        }

        IsCompleted = true;
        Forget();
        _events.Enqueue(new FetchEvent { Kind = FetchEventKind.Completed });
    }

    /// <summary>Reads FinalBlockId; false when it made the fetch fail.</summary>
    private bool TryLearnEnd(FetchSlot slot, Data data)
    {
        if (data.FinalBlockId is not { } final || final.Type != TlvType.SegmentNameComponent
            || !final.TryGetNumber(out ulong last) || last == LastSegment)
        {
            return true;
        }

        if (LastSegment is { } known)
        {
            string others = known.ToString(CultureInfo.InvariantCulture);
            Fail(slot, FetchFailure.InconsistentEnd, $"says that the last segment is {last}, but it was {others} before", data);
            return false;
        }

        if (last < slot.Segment || last < _nextInOrder)
        {
            Fail(slot, FetchFailure.InconsistentEnd, $"says that segment {last} is the last, which lies before it", data);
            return false;
        }

        LastSegment = last;
        DropBeyond(last);
        return true;
    }

    /// <summary>Forgets segments that turned out not to exist.</summary>
    private void DropBeyond(ulong last)
    {
        for (ulong segment = _nextNew; segment > last + 1 && segment > 0; segment--)
        {
            if (_slots.Remove(segment - 1, out FetchSlot? slot))
            {
                _outstanding -= slot.Phase == FetchPhase.Outstanding ? 1 : 0;
                slot.Phase = FetchPhase.Dropped;
                _deadlines.Remove(slot);
            }
        }
    }

    private void FailWhole(FetchFailure failure, string what, Instant now)
    {
        ulong segment = _nextInOrder;
        bool isDiscovery = _discovery is not null;
        Name name = isDiscovery ? NameOf(_discovery!) : ObjectName.Append(NameComponent.Segment(segment));
        double seconds = (now - _startedAt).TotalSeconds;
        string text = $"{name} {what} ({_progress.SegmentsReceived} segments came in {seconds:F1} s)";
        Fail(new FetchError(failure, name, isDiscovery ? null : segment, text));
    }

    private void Fail(FetchSlot slot, FetchFailure failure, string what, Data? data = null)
    {
        Name name = NameOf(slot);
        ulong? segment = ReferenceEquals(slot, _discovery) ? null : slot.Segment;
        Fail(new FetchError(failure, name, segment, $"{name} {what}", data));
    }

    private void Fail(FetchError error)
    {
        Error = error;
        Forget();
        _events.Enqueue(new FetchEvent { Kind = FetchEventKind.Failed, Error = error });
    }

    private void Forget()
    {
        _slots.Clear();
        _verifying.Clear();
        _deadlines.Clear();
        _queued.Clear();
        _discovery = null;
        _outstanding = 0;
    }
}
