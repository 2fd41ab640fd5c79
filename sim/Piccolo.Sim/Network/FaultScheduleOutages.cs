namespace Piccolo.Sim.Network;

/// <summary>The outages of one component, from all causes.</summary>
internal sealed class FaultScheduleOutages
{
    private readonly List<(long FromNs, long ToNs, bool KeepsState)> _outages = [];

    /// <summary>Adds one, [from, to).</summary>
    public void Add(long fromNs, long toNs, bool keepsState) => _outages.Add((fromNs, toNs, keepsState));

    /// <summary>Whether one that was added has a time in common with [from, to).</summary>
    public bool Overlaps(long fromNs, long toNs) => _outages.Exists(outage => outage.FromNs < toNs && fromNs < outage.ToNs);

    /// <summary>Reports the times of being down, those that touch joined into one.</summary>
    public void Join(Action<long, long, bool> report)
    {
        _outages.Sort();
        for (int i = 0; i < _outages.Count;)
        {
            (long fromNs, long toNs, bool keepsState) = _outages[i];
            for (i++; i < _outages.Count && _outages[i].FromNs <= toNs; i++)
            {
                toNs = Math.Max(toNs, _outages[i].ToNs);
                keepsState &= _outages[i].KeepsState;
            }

            report(fromNs, toNs, keepsState);
        }
    }
}
