using Piccolo.Ndn;
using Piccolo.Sim.Engine;

namespace Piccolo.Sim.Nodes;

/// <summary>A node's storage in virtual time: named blobs, one operation after the other.</summary>
/// <remarks>
/// For code on the node's scheduler: the tasks end when the disk is done. What was written lasts through a crash once it was flushed; of
/// the rest <see cref="DiskSettings.Torn"/> says what is left. Operations that a crash interrupts never end, as their program does.
/// Bound: <see cref="DiskSettings.CapacityOctets"/>.
/// </remarks>
public sealed class SimDisk
{
    private readonly SimNode _node;
    private readonly SortedDictionary<string, DiskBlob> _blobs = new(StringComparer.Ordinal);
    private readonly Queue<(long StartNs, Action Do)> _waiting = new();
    private IRandomSource? _random;
    private long _freeNs;

    internal SimDisk(SimNode node, DiskSettings settings)
    {
        _node = node;
        Settings = settings;
    }

    /// <summary>What it is like.</summary>
    public DiskSettings Settings { get; }

    /// <summary>Octets of all blobs as programs see them.</summary>
    public long UsedOctets { get; private set; }

    /// <summary>How long it was busy, or will have been when all that was asked is done.</summary>
    /// <remarks>Units: nanoseconds of virtual time.</remarks>
    public long BusyNs { get; private set; }

    /// <summary>Operations refused because it was full.</summary>
    public long FullCount { get; private set; }

    /// <summary>Blobs that a crash damaged or undid in part or whole.</summary>
    public long TornCount { get; private set; }

    /// <summary>Replaces a blob, or makes it.</summary>
    /// <exception cref="DiskFullException">It does not fit.</exception>
    public Task WriteAsync(string name, ReadOnlyMemory<byte> content)
    {
        byte[] kept = content.ToArray();
        return Begin(name, kept.Length, 0, () => Put(name, kept));
    }

    /// <summary>Adds to the end of a blob, or makes it.</summary>
    /// <exception cref="DiskFullException">It does not fit; nothing was added.</exception>
    public Task AppendAsync(string name, ReadOnlyMemory<byte> content)
    {
        byte[] kept = content.ToArray();
        return Begin(name, kept.Length, 0, () => Put(name, [.. Find(name) ?? [], .. kept]));
    }

    /// <summary>Reads a blob.</summary>
    /// <exception cref="FileNotFoundException">There is none of that name.</exception>
    public Task<byte[]> ReadAsync(string name) =>
        Begin(name, Find(name)?.Length ?? 0, 0, () => (byte[]?)Find(name)?.Clone() ?? throw Missing(name));

    /// <summary>Makes what was written of a blob last through a crash, its deletion too.</summary>
    public Task FlushAsync(string name) => Begin(name, 0, Settings.FlushNs, () =>
    {
        if (_blobs.TryGetValue(name, out DiskBlob? blob))
        {
            blob.Flush();
            Forget(name, blob);
        }
    });

    /// <summary>Deletes a blob, if there is one.</summary>
    public Task DeleteAsync(string name) => Begin(name, 0, 0, () =>
    {
        if (Find(name) is byte[] content)
        {
            UsedOctets -= content.Length;
            _blobs[name].Set(null);
        }
    });

    /// <summary>The names of blobs that begin with something, in ordinal order.</summary>
    public Task<IReadOnlyList<string>> ListAsync(string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return Begin<IReadOnlyList<string>>("list", 0, 0, () => List(prefix));
    }

    /// <summary>The power is cut: what was under way got somewhere, what waited did not, what was not flushed is torn.</summary>
    internal void Crash(long nowNs)
    {
        if (_waiting.TryPeek(out (long StartNs, Action Do) running) && running.StartNs <= nowNs)
        {
            running.Do();
        }

        _waiting.Clear();
        _freeNs = nowNs;
        _random ??= _node.Network.Random.For("disk", _node.Index);
        foreach (DiskBlob blob in _blobs.Values)
        {
            TornCount += blob.IsDirty ? 1 : 0;
            blob.Tear(Settings.Torn, _random);
        }

        UsedOctets = 0;
        foreach ((string name, DiskBlob blob) in _blobs.ToArray())
        {
            UsedOctets += blob.Content?.Length ?? 0;
            Forget(name, blob);
        }
    }

    /// <summary>The disk is replaced by an empty one.</summary>
    internal void Wipe()
    {
        _blobs.Clear();
        UsedOctets = 0;
    }

    private Task<bool> Begin(string name, int octets, long extraNs, Action action) => Begin(name, octets, extraNs, () =>
    {
        action();
        return true;
    });

    private Task<TOutcome> Begin<TOutcome>(string name, int octets, long extraNs, Func<TOutcome> work)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _node.CheckThread();
        if (!_node.IsUp)
        {
            throw new InvalidOperationException($"node '{_node.Name}' is down, and its disk with it");
        }

        // What the program computes before comes first.
        long startNs = Math.Max(_node.OutputTimeNs, _freeNs);
        long moveNs = Settings.OctetsPerSecond == 0 ? 0 : (long)((Int128)octets * 1_000_000_000 / Settings.OctetsPerSecond);
        long workNs = Settings.LatencyNs + extraNs + moveNs;
        BusyNs = VirtualTimes.Later(BusyNs, workNs);
        _freeNs = VirtualTimes.Later(startNs, workNs);
        var end = new TaskCompletionSource<TOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        int life = _node.Life;
        _waiting.Enqueue((startNs, () =>
        {
            // A crash lets the disk finish, but nobody is left to be told.
            try
            {
                TOutcome outcome = work();
                if (life == _node.Life)
                {
                    end.SetResult(outcome);
                }
            }
            catch (IOException error)
            {
                if (life == _node.Life)
                {
                    end.SetException(error);
                }
            }
        }
        ));
        _node.Schedule(_freeNs - _node.NowNs, () => _waiting.Dequeue().Do());
        return end.Task;
    }

    private List<string> List(string prefix)
    {
        List<string> names = [];
        foreach ((string name, DiskBlob blob) in _blobs)
        {
            if (blob.Content is not null && name.StartsWith(prefix, StringComparison.Ordinal))
            {
                names.Add(name);
            }
        }

        return names;
    }

    private void Put(string name, byte[] content)
    {
        long more = content.Length - (Find(name)?.Length ?? 0);
        if (Settings.CapacityOctets > 0 && UsedOctets + more > Settings.CapacityOctets)
        {
            FullCount++;
            throw new DiskFullException(_node.Name, name, more, Settings.CapacityOctets - UsedOctets);
        }

        UsedOctets += more;
        if (!_blobs.TryGetValue(name, out DiskBlob? blob))
        {
            _blobs.Add(name, blob = new DiskBlob());
        }

        blob.Set(content);
    }

    private byte[]? Find(string name) => _blobs.TryGetValue(name, out DiskBlob? blob) ? blob.Content : null;

    private void Forget(string name, DiskBlob blob)
    {
        if (blob.Content is null && !blob.IsDirty)
        {
            _blobs.Remove(name);
        }
    }

    private FileNotFoundException Missing(string name) => new($"the disk of node '{_node.Name}' has no blob '{name}'", name);
}
