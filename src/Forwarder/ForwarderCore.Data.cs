using System.Security.Cryptography;
using Piccolo.Forwarder.Faces;
using Piccolo.Forwarder.Pipelines;
using Piccolo.Forwarder.Tables;
using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Packets;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Forwarder;

/// <content>The pipelines of a Data: in, unsolicited, out.</content>
public sealed partial class ForwarderCore
{
    private const int DigestComponentOctets = 2 + SHA256.HashSizeInBytes;

    private byte[]? _fullNameScratch;
    private int[] _matches = new int[4];
    private int _matchCount;
    private PitToken[] _sentTokens = [];
    private int[] _sentSlots = [];
    private int _sentCount;
    private ulong _dataNumber;
    private bool _hasUnmarkedDownstream;

    /// <summary>Which downstream records a pass over an entry serves.</summary>
    private enum TokenFilter
    {
        Any,
        With,
        Without,
    }

    /// <summary>Incoming Data.</summary>
    internal void ReceiveData(Face face, in LpHeaders headers, ReadOnlySpan<byte> packet, Instant now)
    {
        Counters.InData++;
        face.CountersRef.InData++;
        face.CountersRef.InDataOctets += (ulong)packet.Length;
        if (DataView.TryDecode(packet, out DataView data) != TlvStatus.Ok)
        {
            Drop(face, DropReason.MalformedPacket);
            return;
        }

        if (!face.IsLocal && ScopePrefix.IsLocalhost(data.Name.Value))
        {
            Drop(face, DropReason.ScopeViolation);
            return;
        }

        ReadOnlySpan<ulong> hashes = HashPrefixes(data.Name, ref _hashes);
        ExpectLookups(hashes, isInterest: false);
        FindMatches(data, hashes);
        if (_matchCount == 0)
        {
            Drop(face, DropReason.UnsolicitedData);
            return;
        }

        if (!headers.NoCache)
        {
            _contentStore.Insert(data.Packet, data.Name.Value, hashes[^1], data.FreshnessPeriodMs, now);
        }

        _dataNumber++;
        _sentCount = 0;
        _hasUnmarkedDownstream = false;
        for (int index = 0; index < _matchCount; index++)
        {
            Satisfy(_matches[index], face, headers, data, now);
        }

        for (int index = 0; index < _matchCount && _hasUnmarkedDownstream; index++)
        {
            SendToDownstreams(_matches[index], face, headers, data, now, TokenFilter.Without);
        }

        for (int index = 0; index < _matchCount; index++)
        {
            FinishEntry(_matches[index], now);
        }
    }

    /// <summary>Outgoing Data.</summary>
    private void SendData(Face face, in LpHeaders headers, ReadOnlySpan<byte> packet, Instant now)
    {
        Counters.OutData++;
        face.CountersRef.OutData++;
        face.CountersRef.OutDataOctets += (ulong)packet.Length;
        Send(face, headers, packet, now);
    }

    private void FindMatches(in DataView data, ReadOnlySpan<ulong> hashes)
    {
        _matchCount = 0;
        if (_pit.Count == 0)
        {
            return;
        }

        ReadOnlySpan<byte> name = data.Name.Value;
        for (int depth = hashes.Length - 1; depth >= 0; depth--)
        {
            bool isExact = depth == hashes.Length - 1;
            if (!isExact && !_pit.MayHavePrefixEntries(depth))
            {
                continue;
            }

            for (int entry = _pit.FirstOfHash(hashes[depth]); entry >= 0; entry = _pit.NextOfHash(entry))
            {
                ReadOnlySpan<byte> pending = _pit.NameValue(entry);
                bool isMatch = isExact
                    ? name.SequenceEqual(pending)
                    : (_pit.Entry(entry).Flags & PitFlags.CanBePrefix) != 0 && name.StartsWith(pending);
                if (isMatch)
                {
                    AddMatch(entry);
                }
            }
        }

        if (_pit.DigestEntryCount > 0)
        {
            FindFullNameMatches(data);
        }
    }

    private void FindFullNameMatches(in DataView data)
    {
        ReadOnlySpan<byte> name = data.Name.Value;
        _fullNameScratch ??= new byte[PacketLimits.MaxPacketOctets + DigestComponentOctets];
        Span<byte> fullName = _fullNameScratch.AsSpan(0, name.Length + DigestComponentOctets);
        name.CopyTo(fullName);
        fullName[name.Length] = (byte)TlvType.ImplicitSha256DigestComponent;
        fullName[name.Length + 1] = SHA256.HashSizeInBytes;
        SHA256.HashData(data.Packet, fullName[(name.Length + 2)..]);
        ulong hash = _hasher.Hash(fullName);
        for (int entry = _pit.FirstOfHash(hash); entry >= 0; entry = _pit.NextOfHash(entry))
        {
            if (_pit.NameValue(entry).SequenceEqual(fullName))
            {
                AddMatch(entry);
            }
        }
    }

    private void AddMatch(int entry)
    {
        if (_matchCount == _matches.Length)
        {
            Array.Resize(ref _matches, _matchCount * 2);
        }

        _matches[_matchCount++] = entry;
    }

    private void Satisfy(int entry, Face ingress, in LpHeaders headers, in DataView data, Instant now)
    {
        // Of several entries those with tokens go first: a face that has the Data by then needs no copy without one.
        SendToDownstreams(entry, ingress, headers, data, now, _matchCount > 1 ? TokenFilter.With : TokenFilter.Any);
        ref PitEntry pending = ref _pit.Entry(entry);
        pending.Flags |= PitFlags.Satisfied;
        bool isShort = data.FreshnessPeriodMs < DeadNonceList.LifetimeNanoseconds / 1_000_000;
        bool isStale = (pending.Flags & PitFlags.MustBeFresh) != 0 && isShort;
        if (isStale || HasTwoUpstreams(pending))
        {
            pending.Flags |= PitFlags.CopyMissesCache;
        }
    }

    /// <summary>
    /// Whether a copy can have gone another way than the one that was answered, and so come back when the cache has lost the answer.
    /// </summary>
    private bool HasTwoUpstreams(in PitEntry pending) => pending.OutHead >= 0 && _pit.Out(pending.OutHead).Next >= 0;

    private void SendToDownstreams(
        int entry, Face ingress, in LpHeaders headers, in DataView data, Instant now, TokenFilter filter)
    {
        for (int record = _pit.Entry(entry).InHead; record >= 0; record = _pit.In(record).Next)
        {
            ref InRecord waiting = ref _pit.In(record);
            bool mayReturn = waiting.FaceSlot != ingress.Slot || ingress.Type == LinkType.AdHoc;
            if (waiting.ExpiryNanoseconds <= now.Nanoseconds || !mayReturn)
            {
                continue;
            }

            if (filter == TokenFilter.With && waiting.TokenLength == 0)
            {
                _hasUnmarkedDownstream = true;
            }
            else if (filter != TokenFilter.Without || waiting.TokenLength == 0)
            {
                SendToWaiting(record, _faces[waiting.FaceSlot], ingress, headers, data, now);
            }
        }
    }

    private void SendToWaiting(
        int record, Face downstream, Face ingress, in LpHeaders headers, in DataView data, Instant now)
    {
        Span<byte> token = stackalloc byte[PitToken.LengthMax];
        int tokenLength = _pit.CopyToken(record, token);
        var answer = new LpHeaders
        {
            PitToken = new PitToken(token[..tokenLength]),
            CongestionMark = headers.CongestionMark,
        };
        if (_matchCount > 1 && !IsFirstFor(downstream, answer.PitToken))
        {
            return;
        }

        if (!downstream.IsLocal && ScopePrefix.IsLocalhost(data.Name.Value))
        {
            Drop(downstream, DropReason.ScopeViolation);
            return;
        }

        if (downstream.Link is { Options.AllowLocalFields: true })
        {
            answer.IncomingFaceId = ingress.Id.Value;
        }

        SendData(downstream, answer, data.Packet, now);
    }

    /// <summary>Whether a face has not yet had this Data with this token.</summary>
    /// <remarks>
    /// A face that asked under several tokens gets the Data under each; one that asked without gets it once, under any.
    /// </remarks>
    private bool IsFirstFor(Face face, in PitToken token)
    {
        if (face.LastDataNumber == _dataNumber)
        {
            if (token.IsEmpty)
            {
                return false;
            }

            for (int index = 0; index < _sentCount; index++)
            {
                if (_sentSlots[index] == face.Slot && _sentTokens[index] == token)
                {
                    return false;
                }
            }
        }

        if (_sentCount == _sentSlots.Length)
        {
            int length = Math.Max(4, _sentCount * 2);
            Array.Resize(ref _sentSlots, length);
            Array.Resize(ref _sentTokens, length);
        }

        face.LastDataNumber = _dataNumber;
        _sentSlots[_sentCount] = face.Slot;
        _sentTokens[_sentCount++] = token;
        return true;
    }
}
