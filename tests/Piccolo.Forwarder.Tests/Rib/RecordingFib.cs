using Piccolo.Forwarder.Rib;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Tests.Rib;

/// <summary>A FIB that is nothing but a list of next hops, with a limit if wanted.</summary>
internal sealed class RecordingFib : IFibUpdater
{
    public SortedDictionary<(Name Prefix, ulong Face), ulong> NextHops { get; } = [];

    public int CountMax { get; init; } = int.MaxValue;

    public int UpdateCount { get; private set; }

    public bool SetNextHop(Name prefix, FaceId face, ulong cost)
    {
        UpdateCount++;
        if (NextHops.Count >= CountMax && !NextHops.ContainsKey((prefix, face.Value)))
        {
            return false;
        }

        NextHops[(prefix, face.Value)] = cost;
        return true;
    }

    public void RemoveNextHop(Name prefix, FaceId face)
    {
        UpdateCount++;
        NextHops.Remove((prefix, face.Value));
    }

    /// <summary>All next hops as text, for comparing at a glance.</summary>
    public string Text() =>
        string.Join(' ', NextHops.Select(hop => $"{hop.Key.Prefix}>{hop.Key.Face}:{hop.Value}"));
}
