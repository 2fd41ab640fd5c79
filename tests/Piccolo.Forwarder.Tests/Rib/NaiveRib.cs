using Piccolo.Ndn;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Tests.Rib;

/// <summary>The RIB by its definition: a list of routes, and every next hop worked out from scratch.</summary>
internal sealed class NaiveRib
{
    private readonly List<Route> _routes = [];

    public int RouteCount => _routes.Count;

    public void Register(Name name, ulong face, ulong origin, ulong cost, RouteFlags flags, Instant expiresAt)
    {
        Unregister(name, face, origin);
        _routes.Add(new Route(name, face, origin, cost, flags, expiresAt));
    }

    public bool Unregister(Name name, ulong face, ulong origin) =>
        _routes.RemoveAll(route => route.Name == name && route.Face == face && route.Origin == origin) > 0;

    public int RemoveFace(ulong face) => _routes.RemoveAll(route => route.Face == face);

    public int Expire(Instant now) =>
        _routes.RemoveAll(route => route.ExpiresAt != Instant.Never && route.ExpiresAt <= now);

    public string RoutesText() => string.Join(' ', _routes
        .OrderBy(route => route.Name).ThenBy(route => route.Face).ThenBy(route => route.Origin)
        .Select(route => $"{route.Name}>{route.Face}/{route.Origin}:{route.Cost}:{route.Flags}:{route.ExpiresAt}"));

    public string FibText()
    {
        var hops = new SortedDictionary<(Name, ulong), ulong>();
        foreach (Name name in _routes.Select(route => route.Name).Distinct())
        {
            foreach (Route route in RoutesThatApply(name))
            {
                if (!hops.TryGetValue((name, route.Face), out ulong cost) || route.Cost < cost)
                {
                    hops[(name, route.Face)] = route.Cost;
                }
            }
        }

        return string.Join(' ', hops.Select(hop => $"{hop.Key.Item1}>{hop.Key.Item2}:{hop.Value}"));
    }

    private IEnumerable<Route> RoutesThatApply(Name name)
    {
        for (int count = name.Count; count >= 0; count--)
        {
            List<Route> here = _routes.FindAll(route => route.Name == name.Prefix(count));
            foreach (Route route in here)
            {
                if (count == name.Count || (route.Flags & RouteFlags.ChildInherit) != 0)
                {
                    yield return route;
                }
            }

            if (here.Exists(route => (route.Flags & RouteFlags.Capture) != 0))
            {
                yield break;
            }
        }
    }

    private sealed record Route(
        Name Name, ulong Face, ulong Origin, ulong Cost, RouteFlags Flags, Instant ExpiresAt);
}
