#if DEBUG
using System.Globalization;
using System.Text;

namespace Piccolo.Ndn.Buffers;

/// <summary>Who rented the frames that are out. Only in debug builds: it locks and allocates.</summary>
internal sealed class LeaseLedger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<FrameLease, (string Renter, int Line)> _out = new(ReferenceEqualityComparer.Instance);

    internal void Enter(FrameLease lease, string renter, int line)
    {
        lock (_lock)
        {
            _out.Add(lease, (renter, line));
        }
    }

    internal void Leave(FrameLease lease)
    {
        lock (_lock)
        {
            _out.Remove(lease);
        }
    }

    internal string Describe()
    {
        SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
        lock (_lock)
        {
            foreach ((string renter, int line) in _out.Values)
            {
                string place = FileName(renter) + ":" + line.ToString(CultureInfo.InvariantCulture);
                counts[place] = counts.GetValueOrDefault(place) + 1;
            }
        }

        StringBuilder text = new();
        foreach ((string place, int count) in counts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{count} rented at {place}\n");
        }

        return text.ToString();
    }

    private static string FileName(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
}
#endif
