using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Validation.Oracle;

/// <summary>A simulator of a page: it shares no code with the real one, and is slow and easy to believe.</summary>
internal sealed class NaiveNetwork
{
    /// <summary>Octets of an Interest /pN/MMM with Nonce and a lifetime of two octets.</summary>
    public const int InterestOctets = 2 + 11 + 6 + 4;

    private readonly SortedList<(long TimeNs, long Number), Action> _events = [];
    private readonly Dictionary<(int From, int To), NaiveLink> _links = [];
    private readonly Dictionary<(int Node, int Face), Action<string>> _applications = [];
    private readonly int _dataOctets;
    private long _number;

    public NaiveNetwork(Topology topology, int payload, Func<int, int> cacheSize)
    {
        // Name, MetaInfo with FreshnessPeriod of two octets, Content, SignatureInfo, SHA-256; lengths above 252 take three octets.
        _dataOctets = 4 + 11 + 6 + 4 + payload + 5 + 34;
        Nodes = [.. topology.Nodes.Select((_, i) => new NaiveNode(this, i, cacheSize(i)))];
        foreach (TopologyLink link in topology.Links)
        {
            _links.Add((link.A, link.B), new NaiveLink(this, link.Settings));
            _links.Add((link.B, link.A), new NaiveLink(this, link.Settings));
        }
    }

    public long NowNs { get; private set; }

    public IReadOnlyList<NaiveNode> Nodes { get; }

    public NaiveLink Link(int from, int to) => _links[(from, to)];

    /// <summary>Adds an application behind a face of a node; it is told the names that come.</summary>
    public void AddApplication(int node, int face, Action<string> receive) => _applications.Add((node, face), receive);

    public void At(long timeNs, Action action) => _events.Add((timeNs, _number++), action);

    public void RunUntil(long timeNs)
    {
        while (_events.Count > 0 && _events.GetKeyAtIndex(0).TimeNs < timeNs)
        {
            Action action = _events.GetValueAtIndex(0);
            NowNs = _events.GetKeyAtIndex(0).TimeNs;
            _events.RemoveAt(0);
            action();
        }

        NowNs = timeNs;
    }

    public void SendInterest(int node, int face, string name, long lifetimeNs)
    {
        if (face < 0)
        {
            _applications[(node, face)](name);
        }
        else
        {
            _links[(node, face)].Send(InterestOctets, () => Nodes[face].ReceiveInterest(node, name, lifetimeNs));
        }
    }

    public void SendData(int node, int face, string name)
    {
        if (face < 0)
        {
            _applications[(node, face)](name);
        }
        else
        {
            _links[(node, face)].Send(_dataOctets, () => Nodes[face].ReceiveData(node, name));
        }
    }
}
