using Piccolo.Forwarder.Rib;
using Piccolo.Ndn;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Tests.Rib;

public sealed class RibTableTests
{
    private static readonly FaceId One = new(301);
    private static readonly FaceId Two = new(302);

    private readonly RecordingFib _fib = new();

    [Fact]
    public void Rib_with_several_origins_for_one_face_gives_the_fib_the_lowest_cost()
    {
        RibTable rib = Make();
        Register(rib, "/a", One, cost: 10, origin: RouteOrigin.Static);
        Register(rib, "/a", One, cost: 3, origin: RouteOrigin.Nlsr);
        Assert.Equal("/a>301:3", _fib.Text());
        Assert.True(rib.Unregister(Name.Parse("/a"), One, RouteOrigin.Nlsr));
        Assert.Equal("/a>301:10", _fib.Text());
    }

    [Fact]
    public void Rib_child_inherit_reaches_entries_that_were_there_before_and_that_come_later()
    {
        RibTable rib = Make();
        Register(rib, "/a/b", Two, cost: 1);
        Register(rib, "/a", One, cost: 5, flags: RouteFlags.ChildInherit);
        Register(rib, "/a/c/d", Two, cost: 1);
        Assert.Equal("/a>301:5 /a/b>301:5 /a/b>302:1 /a/c/d>301:5 /a/c/d>302:1", _fib.Text());
    }

    [Fact]
    public void Rib_without_child_inherit_stays_at_its_own_entry()
    {
        RibTable rib = Make();
        Register(rib, "/a", One, cost: 5);
        Register(rib, "/a/b", Two, cost: 1);
        Assert.Equal("/a>301:5 /a/b>302:1", _fib.Text());
    }

    [Fact]
    public void Rib_capture_cuts_inheritance_at_its_entry_and_below_until_it_is_removed()
    {
        RibTable rib = Make();
        Register(rib, "/", One, cost: 9, flags: RouteFlags.ChildInherit);
        Register(rib, "/a/b", Two, cost: 1);
        Assert.Equal("/>301:9 /a/b>301:9 /a/b>302:1", _fib.Text());
        Register(rib, "/a", Two, cost: 2, flags: RouteFlags.Capture | RouteFlags.ChildInherit);
        Assert.Equal("/>301:9 /a>302:2 /a/b>302:1", _fib.Text());
        rib.Unregister(Name.Parse("/a"), Two, RouteOrigin.App);
        Assert.Equal("/>301:9 /a/b>301:9 /a/b>302:1", _fib.Text());
    }

    [Fact]
    public void Rib_update_changes_cost_flags_and_expiry_of_the_same_route()
    {
        RibTable rib = Make();
        Register(rib, "/a", One, cost: 5, expiresAtMs: 100);
        Assert.Equal(RibStatus.Updated, rib.Register(
            Name.Parse("/a"), One, RouteOrigin.App, 7, RouteFlags.Capture, Instant.Never));
        Assert.Equal("/a>301:7", _fib.Text());
        Assert.Equal(Instant.Never, rib.NextTimeout);
        Assert.True(rib.TryFind(Name.Parse("/a"), out RibEntry entry));
        RibRoute route = Assert.Single(entry.Routes);
        Assert.Equal(RouteFlags.Capture, route.Flags);
    }

    [Fact]
    public void Rib_expiry_removes_at_most_as_many_routes_as_asked_for_and_keeps_the_rest_due()
    {
        RibTable rib = Make();
        for (int i = 0; i < 10; i++)
        {
            Register(rib, "/a/" + i, One, cost: 1, expiresAtMs: 100 - i);
        }

        Assert.Equal(Instant.FromMilliseconds(91), rib.NextTimeout);
        Assert.Equal(0, rib.HandleTimeout(Instant.FromMilliseconds(90), 4));
        Assert.Equal(4, rib.HandleTimeout(Instant.FromMilliseconds(100), 4));
        Assert.Equal(Instant.FromMilliseconds(95), rib.NextTimeout);
        Assert.Equal(6, rib.HandleTimeout(Instant.FromMilliseconds(100), 40));
        Assert.Equal(Instant.Never, rib.NextTimeout);
        Assert.Equal(string.Empty, _fib.Text());
        Assert.Equal(0, rib.EntryCount);
    }

    [Fact]
    public void Rib_refuses_what_is_beyond_its_limits_and_changes_nothing()
    {
        var rib = new RibTable(new RibOptions { RouteCountMax = 1, NameDepthMax = 2 }, _fib);
        Assert.Equal(RibStatus.NameTooLong, rib.Register(Name.Parse("/a/b/c"), One, 0, 0, RouteFlags.None, Instant.Never));
        Assert.Equal(RibStatus.Added, rib.Register(Name.Parse("/a/b"), One, 0, 0, RouteFlags.None, Instant.Never));
        Assert.Equal(RibStatus.RibFull, rib.Register(Name.Parse("/a"), One, 0, 0, RouteFlags.None, Instant.Never));
        Assert.Equal(RibStatus.Updated, rib.Register(Name.Parse("/a/b"), One, 0, 4, RouteFlags.None, Instant.Never));
        Assert.Equal("/a/b>301:4", _fib.Text());
    }

    [Fact]
    public void Rib_takes_a_route_back_when_the_fib_is_full()
    {
        var fib = new RecordingFib { CountMax = 2 };
        var rib = new RibTable(new RibOptions(), fib);
        rib.Register(Name.Parse("/a"), One, 0, 0, RouteFlags.ChildInherit, Instant.Never);
        Assert.Equal(RibStatus.FibFull, rib.Register(Name.Parse("/a/b"), Two, 0, 0, RouteFlags.None, Instant.Never));
        Assert.Equal("/a>301:0", fib.Text());
        Assert.Equal(1, rib.RouteCount);
        Assert.Equal(1, rib.FibRefusedCount);
        Assert.Single(rib.Entries);
    }

    [Fact]
    public void Rib_lists_entries_in_canonical_order()
    {
        RibTable rib = Make();
        foreach (string uri in new[] { "/b", "/aa", "/a/z", "/", "/a", "/b/c" })
        {
            Register(rib, uri, One, cost: 0);
        }

        Assert.Equal(
            ["/", "/a", "/a/z", "/b", "/b/c", "/aa"], rib.Entries.Select(entry => entry.Name.ToString()));
    }

    [Fact]
    public void Rib_work_for_a_hundred_thousand_routes_grows_with_the_depth_of_names_only()
    {
        const int Count = 100_000;
        var fib = new CountingFib();
        var rib = new RibTable(new RibOptions(), fib);
        rib.Register(Name.Root, One, RouteOrigin.Static, 10, RouteFlags.ChildInherit, Instant.Never);
        for (int i = 0; i < Count; i++)
        {
            Name name = Name.Parse($"/site/{i % 1000}/{i}");
            rib.Register(name, Two, RouteOrigin.App, 0, RouteFlags.ChildInherit, Instant.FromMilliseconds(1 + i));
        }

        Assert.Equal(Count + 1, rib.RouteCount);
        Assert.True(rib.NodeVisitCount <= Count * 12L, $"{rib.NodeVisitCount} nodes visited");
        Assert.Equal(1 + (2L * Count), fib.UpdateCount);

        long before = rib.NodeVisitCount;
        Assert.Equal(Count, rib.RemoveFace(Two));
        Assert.True(rib.NodeVisitCount - before <= Count * 12L, $"{rib.NodeVisitCount - before} nodes visited");
        Assert.Equal(1, rib.EntryCount);
    }

    [Fact]
    public void Rib_descends_only_where_the_inherited_cost_changes()
    {
        RibTable rib = Make();
        Register(rib, "/a", One, cost: 1, flags: RouteFlags.ChildInherit);
        for (int i = 0; i < 1000; i++)
        {
            Register(rib, "/a/" + i, Two, cost: 0);
        }

        long before = rib.NodeVisitCount;
        int updatesBefore = _fib.UpdateCount;
        Register(rib, "/", One, cost: 5, flags: RouteFlags.ChildInherit);
        Assert.Equal(1, _fib.UpdateCount - updatesBefore);
        Assert.True(rib.NodeVisitCount - before <= 2, $"{rib.NodeVisitCount - before} nodes visited");
    }

    private RibTable Make() => new(new RibOptions(), _fib);

    private static void Register(
        RibTable rib,
        string uri,
        FaceId face,
        ulong cost,
        RouteFlags flags = RouteFlags.None,
        ulong origin = RouteOrigin.App,
        long? expiresAtMs = null) => Assert.Equal(RibStatus.Added, rib.Register(
            Name.Parse(uri), face, origin, cost, flags,
            expiresAtMs is long ms ? Instant.FromMilliseconds(ms) : Instant.Never));

    private sealed class CountingFib : IFibUpdater
    {
        public long UpdateCount { get; private set; }

        public bool SetNextHop(Name prefix, FaceId face, ulong cost)
        {
            UpdateCount++;
            return true;
        }

        public void RemoveNextHop(Name prefix, FaceId face) => UpdateCount++;
    }
}
