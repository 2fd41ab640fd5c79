using Piccolo.Ndn.Naming;
using Piccolo.Sim.Network;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Routes;

namespace Piccolo.Sim.Scenarios;

/// <summary>Gives nodes the routes of a scenario: at the start, after a node came back empty, and anew after failures.</summary>
internal sealed class RouteInstaller
{
    private readonly SimNetwork _network;
    private readonly RouteSettings _settings;
    private readonly List<RouteRequest> _requests;
    private readonly RouteComputer _computer;
    private readonly LinkFace[] _faceAtA;
    private readonly LinkFace[] _faceAtB;
    private readonly List<(int Node, Name Prefix, LinkFace Face, ulong Cost)> _fixed = [];
    private readonly RouteHop[] _hops;
    private readonly RouteHop[] _otherHops;
    private RouteTable _table;

    public RouteInstaller(SimNetwork network, ScenarioSettings scenario)
    {
        _network = network;
        _settings = scenario.Routes;
        _computer = new RouteComputer(network.Topology);
        _requests = Requests(scenario);
        _hops = new RouteHop[_settings.NextHopsMax];
        _otherHops = new RouteHop[_settings.NextHopsMax];
        _faceAtA = new LinkFace[network.Links.Count];
        _faceAtB = new LinkFace[network.Links.Count];
        foreach (SimNode node in network.Nodes)
        {
            foreach (LinkFace face in node.Faces.OfType<LinkFace>())
            {
                SimLink link = face.Direction.Link;
                (link.A == node ? _faceAtA : _faceAtB)[link.Index] = face;
            }
        }

        _table = Compute(null);
        AddHandRoutes();
        AddPaths();
    }

    /// <summary>Gives every node its routes.</summary>
    public void InstallAll()
    {
        foreach (SimNode node in _network.Nodes)
        {
            InstallComputed(node);
        }

        foreach ((int node, Name prefix, LinkFace face, ulong cost) in _fixed)
        {
            Add(_network.Nodes[node], prefix, face, cost);
        }
    }

    /// <summary>Gives a node that came back empty its routes.</summary>
    public void Install(SimNode node)
    {
        InstallComputed(node);
        foreach ((int owner, Name prefix, LinkFace face, ulong cost) in _fixed)
        {
            if (owner == node.Index)
            {
                Add(node, prefix, face, cost);
            }
        }
    }

    /// <summary>Computes routes around what is down, and changes those that differ; hand-made ones stay.</summary>
    public void Reroute()
    {
        var down = new RouteMask(_network.Topology);
        foreach (SimLink link in _network.Links)
        {
            if (!link.IsUp)
            {
                down.TakeLinkDown(link.Index);
            }
        }

        foreach (SimNode node in _network.Nodes)
        {
            if (!node.IsUp)
            {
                down.TakeNodeDown(node.Index);
            }
        }

        RouteTable before = _table;
        _table = Compute(down);
        for (int i = 0; i < _requests.Count; i++)
        {
            foreach (SimNode node in _network.Nodes)
            {
                if (node.IsUp)
                {
                    Change(node, _requests[i].Prefix, before.Routes[i], _table.Routes[i]);
                }
            }
        }
    }

    private static List<RouteRequest> Requests(ScenarioSettings scenario)
    {
        var prefixes = new List<Name>();
        var producers = new Dictionary<Name, List<int>>();
        void Put(Name prefix, int node)
        {
            if (!producers.TryGetValue(prefix, out List<int>? nodes))
            {
                producers.Add(prefix, nodes = []);
                prefixes.Add(prefix);
            }

            nodes.Add(node);
        }

        foreach (ApplicationSettings application in scenario.Routes.IsAutomatic ? scenario.Applications : [])
        {
            foreach (Name prefix in application.Serves)
            {
                Put(prefix, application.Node);
            }
        }

        foreach (RouteRequest request in scenario.Routes.Prefixes)
        {
            foreach (int node in request.Producers)
            {
                Put(request.Prefix, node);
            }
        }

        return [.. prefixes.Select(prefix => new RouteRequest(prefix, producers[prefix]))];
    }

    private RouteTable Compute(RouteMask? down) => RouteTable.Compute(_computer, _requests, _settings.Metric, down);

    private void InstallComputed(SimNode node)
    {
        for (int i = 0; i < _requests.Count; i++)
        {
            int count = _table.Routes[i].Alternatives(node.Index, _hops, _settings.NextHopsMax);
            foreach (RouteHop hop in _hops.AsSpan(0, count))
            {
                Add(node, _requests[i].Prefix, FaceOf(node, hop.Link), (ulong)hop.Cost);
            }
        }
    }

    private void Change(SimNode node, Name prefix, DestinationRoutes before, DestinationRoutes after)
    {
        int beforeCount = before.Alternatives(node.Index, _hops, _settings.NextHopsMax);
        int afterCount = after.Alternatives(node.Index, _otherHops, _settings.NextHopsMax);
        if (_hops.AsSpan(0, beforeCount).SequenceEqual(_otherHops.AsSpan(0, afterCount)))
        {
            return;
        }

        foreach (RouteHop hop in _otherHops.AsSpan(0, afterCount))
        {
            Add(node, prefix, FaceOf(node, hop.Link), (ulong)hop.Cost);
        }

        foreach (RouteHop hop in _hops.AsSpan(0, beforeCount))
        {
            bool isKept = false;
            foreach (RouteHop other in _otherHops.AsSpan(0, afterCount))
            {
                isKept |= other.Link == hop.Link;
            }

            if (!isKept)
            {
                node.RemoveRoute(prefix, FaceOf(node, hop.Link));
            }
        }
    }

    private void AddHandRoutes()
    {
        foreach (HandRoute route in _settings.Hand)
        {
            SimNode node = _network.Nodes[route.Node];
            LinkFace face = node.FaceTo(_network.Nodes[route.Next]) ?? throw new ScenarioException(
                $"a route of node '{node.Name}' leads to '{_network.Nodes[route.Next].Name}', which is no neighbour");
            _fixed.Add((route.Node, route.Prefix, face, route.Cost));
        }
    }

    private void AddPaths()
    {
        foreach (PathRoute route in _settings.Paths)
        {
            IReadOnlyList<RoutePath> paths = _computer.ShortestPaths(route.From, route.To, route.Count, _settings.Metric);
            if (paths.Count == 0)
            {
                throw new ScenarioException(
                    $"no path leads from '{_network.Nodes[route.From].Name}' to '{_network.Nodes[route.To].Name}'");
            }

            var known = new HashSet<(int, int)>();
            foreach (RoutePath path in paths)
            {
                for (int i = 0; i < path.Links.Count; i++)
                {
                    if (known.Add((path.Nodes[i], path.Links[i])))
                    {
                        LinkFace face = FaceOf(_network.Nodes[path.Nodes[i]], path.Links[i]);
                        _fixed.Add((path.Nodes[i], route.Prefix, face, (ulong)path.Cost));
                    }
                }
            }
        }
    }

    private LinkFace FaceOf(SimNode node, int link) => (_network.Links[link].A == node ? _faceAtA : _faceAtB)[link];

    private static void Add(SimNode node, Name prefix, LinkFace face, ulong cost)
    {
        if (!node.AddRoute(prefix, face, cost))
        {
            throw new ScenarioException($"the FIB of node '{node.Name}' has no room for {prefix}");
        }
    }
}
