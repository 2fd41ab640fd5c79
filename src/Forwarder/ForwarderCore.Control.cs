using Piccolo.Forwarder.Faces;
using Piccolo.Forwarder.Strategies;
using Piccolo.Forwarder.Tables;
using Piccolo.Ndn;
using Piccolo.Ndn.Naming;
using Piccolo.Ndn.Tlv;

namespace Piccolo.Forwarder;

/// <content>The tables as management and the host see them.</content>
public sealed partial class ForwarderCore
{
    /// <summary>FIB entries that exist, the root included.</summary>
    public int FibEntryCount => _fib.Count;

    /// <summary>Pending Interests.</summary>
    public int PitEntryCount => _pit.Count;

    /// <summary>Records of downstream and upstream faces in the PIT.</summary>
    public int PitRecordCount => _pit.InRecordCount + _pit.OutRecordCount;

    /// <summary>Cached packets.</summary>
    public int ContentStoreEntryCount => _contentStore.Count;

    /// <summary>Names that any table holds, each table for itself: NFD's count of name tree entries, as near as it goes.</summary>
    public int NameTreeEntryCount => _fib.Count + _pit.Count + _strategies.Count;

    /// <summary>Interests remembered after their end.</summary>
    public int DeadNonceCount => _deadNonces.Count;

    /// <summary>Interests forgotten early because the dead nonce list was full.</summary>
    public ulong DeadNoncesEvictedEarly => _deadNonces.EvictedEarly;

    /// <summary>The state of the content store.</summary>
    public ContentStoreInfo ContentStoreInfo => new(
        _contentStore.Capacity,
        _contentStore.IsAdmitting,
        _contentStore.IsServing,
        _contentStore.Count,
        Counters.ContentStoreHits,
        Counters.ContentStoreMisses,
        _contentStore.Evicted,
        _contentStore.Refused);

    /// <summary>What the tables cost.</summary>
    public MemoryReport MemoryReport => new(
        Fib.BytesPerEntry,
        Pit.BytesPerEntry,
        RecordPool<InRecord>.BytesPerRecord,
        RecordPool<OutRecord>.BytesPerRecord,
        ContentStore.BytesPerEntry,
        DeadNonceList.BytesPerEntry,
        _prefixNames.UsedOctets,
        _pit.UsedOctets,
        _contentStore.UsedOctets,
        _fib.ReservedBytes + _strategies.ReservedBytes + _prefixNames.ReservedOctets + _pit.ReservedBytes
            + _contentStore.ReservedBytes + _deadNonces.ReservedBytes);

    /// <summary>Adds a nexthop to a FIB entry or sets its cost; makes the entry when there is none.</summary>
    /// <returns>False when the face does not exist, the prefix is too long, or a table is full.</returns>
    public bool AddNextHop(Name prefix, FaceId face, ulong cost, Instant now)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (_faces.Find(face) is not Face upstream)
        {
            return false;
        }

        ulong hash = _hasher.Hash(prefix.Value);
        int known = _fib.Find(prefix.Value, hash);
        bool isNew = known < 0 || !HasHop(known, upstream.Slot);
        int index = _fib.AddNextHop(prefix.Value, hash, prefix.Count, upstream.Slot, cost);
        if (index < 0)
        {
            return false;
        }

        if (isNew)
        {
            AfterNewNextHop(index, upstream.Slot, now);
        }

        return true;
    }

    /// <summary>Takes a nexthop out of a FIB entry, and the entry with its last one.</summary>
    /// <returns>False when there was none.</returns>
    public bool RemoveNextHop(Name prefix, FaceId face)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        int index = _fib.Find(prefix.Value, _hasher.Hash(prefix.Value));
        return index >= 0 && _faces.Find(face) is Face upstream && _fib.RemoveNextHop(index, upstream.Slot);
    }

    /// <summary>The nexthops a name would be forwarded to, cheapest first.</summary>
    public FibEntryInfo FindRoute(Name name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Describe(_fib.FindLongest(name.Value, HashPrefixes(name.View, ref _otherHashes)));
    }

    /// <summary>The cheapest nexthop a name would be forwarded to; allocates nothing.</summary>
    /// <returns><see cref="FaceId.None"/> when no entry that covers the name has one.</returns>
    public FaceId FindNextHop(NameView name)
    {
        int hop = _fib.FirstHop(_fib.FindLongest(name.Value, HashPrefixes(name, ref _otherHashes)));
        return hop < 0 ? FaceId.None : _faces[_fib.Hop(hop).FaceSlot].Id;
    }

    /// <summary>All FIB entries that have nexthops, in the order of the table.</summary>
    public IReadOnlyList<FibEntryInfo> ListFib()
    {
        List<FibEntryInfo> list = new(_fib.Count);
        for (int index = 0; index < _fib.IndexEnd; index++)
        {
            if (_fib.IsUsed(index) && _fib.FirstHop(index) >= 0)
            {
                list.Add(Describe(index));
            }
        }

        return list;
    }

    /// <summary>Chooses a strategy for a prefix.</summary>
    public StrategyChoiceStatus SetStrategy(Name prefix, Name strategy)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(strategy);
        return _strategies.Set(prefix, strategy);
    }

    /// <summary>Lets a prefix follow the choice of the next shorter one; the root must keep its own.</summary>
    public StrategyChoiceStatus UnsetStrategy(Name prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return _strategies.Unset(prefix);
    }

    /// <summary>All strategy choices, in the order of the table.</summary>
    public IReadOnlyList<StrategyChoiceInfo> ListStrategies() => _strategies.List();

    /// <summary>The strategy instance in charge of a name.</summary>
    public Name FindStrategy(Name name)
    {
        ArgumentNullException.ThrowIfNull(name);
        ReadOnlySpan<ulong> hashes = HashPrefixes(name.View, ref _otherHashes);
        return _strategies[_strategies.FindFor(name.Value, hashes)].InstanceName;
    }

    /// <summary>Changes the content store; null leaves a setting as it is. A lower capacity evicts at once.</summary>
    public void ConfigureContentStore(int? capacity, bool? isAdmitting, bool? isServing)
    {
        if (capacity is int packets)
        {
            _contentStore.SetCapacity(packets);
        }

        _contentStore.IsAdmitting = isAdmitting ?? _contentStore.IsAdmitting;
        _contentStore.IsServing = isServing ?? _contentStore.IsServing;
    }

    /// <summary>Takes cached packets under a prefix out, smallest name first.</summary>
    /// <returns>How many went; less than <paramref name="countMax"/> when no more are there.</returns>
    public int EraseContent(Name prefix, int countMax)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return _contentStore.Erase(prefix.Value, countMax);
    }

    /// <summary>Whether any packet under a prefix is cached.</summary>
    public bool HasContent(Name prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return _contentStore.HasAny(prefix.Value);
    }

    /// <summary>Sets the names of the regions this node is in.</summary>
    public void SetNetworkRegions(IReadOnlyList<Name> regions)
    {
        ArgumentNullException.ThrowIfNull(regions);
        _networkRegions.Clear();
        _networkRegions.AddRange(regions);
    }

    /// <summary>The host's answer to <see cref="ForwarderEventKind.FaceCreationRequested"/>.</summary>
    public void CompleteFaceCreation(ulong requestId, FaceCreationOutcome outcome, Instant now)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        _management?.OnFaceCreationCompleted(requestId, outcome, now);
        DispatchInternal(now);
    }

    /// <summary>Asks the host for a face; the answer comes to <see cref="IInternalFace.OnFaceCreationCompleted"/>.</summary>
    internal ulong RequestFaceCreation(FaceCreationRequest request)
    {
        ulong requestId = _nextRequestId++;
        RaiseEvent(new ForwarderEvent(ForwarderEventKind.FaceCreationRequested, FaceId.None, requestId, request));
        return requestId;
    }

    /// <summary>Asks the host to close a face's link and remove the face.</summary>
    internal void RequestFaceDestroy(FaceId face) =>
        RaiseEvent(new ForwarderEvent(ForwarderEventKind.FaceDestroyRequested, face, 0, null));

    private bool HasHop(int fibEntry, int faceSlot)
    {
        int hop = _fib.FirstHop(fibEntry);
        while (hop >= 0 && _fib.Hop(hop).FaceSlot != faceSlot)
        {
            hop = _fib.Hop(hop).Next;
        }

        return hop >= 0;
    }

    private FibEntryInfo Describe(int fibEntry)
    {
        List<FibNextHopInfo> hops = [];
        for (int hop = _fib.FirstHop(fibEntry); hop >= 0; hop = _fib.Hop(hop).Next)
        {
            hops.Add(new FibNextHopInfo(_faces[_fib.Hop(hop).FaceSlot].Id, _fib.Hop(hop).Cost));
        }

        Name prefix = Name.TryFromValue(_fib.NameValue(fibEntry), out Name? name) == TlvStatus.Ok && name is not null
            ? name
            : Name.Root;
        return new FibEntryInfo(prefix, hops);
    }
}
