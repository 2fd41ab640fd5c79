using Piccolo.Forwarder.Tests.Support;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Tests.Management;

/// <summary>The commands of the modules fib, strategy-choice and cs.</summary>
public sealed class TableCommandTests
{
    private readonly ManagedNode _node = new();

    [Fact]
    public void Fib_add_nexthop_takes_the_requester_and_cost_zero_when_nothing_is_said()
    {
        ControlParameters effect = _node.Succeed("fib/add-nexthop", new ControlParameters { Name = Name.Parse("/a") });
        Assert.Equal(
            new ControlParameters { Name = Name.Parse("/a"), FaceId = _node.App.Value, Cost = 0 }, effect);
        Assert.Contains(_node.Fetch<FibEntryRecord>("fib/list"), entry => entry.Name == Name.Parse("/a"));
    }

    [Fact]
    public void Fib_add_nexthop_again_sets_the_cost()
    {
        FaceId udp = _node.AddUdpFace();
        foreach (ulong cost in new ulong[] { 5, 2 })
        {
            _node.Succeed("fib/add-nexthop", new ControlParameters
            {
                Name = Name.Parse("/a"),
                FaceId = udp.Value,
                Cost = cost,
            });
        }

        FibEntryRecord entry = _node.Fetch<FibEntryRecord>("fib/list").Single(fib => fib.Name == Name.Parse("/a"));
        Assert.Equal([new NextHopRecord { FaceId = udp.Value, Cost = 2 }], entry.NextHops);
    }

    [Fact]
    public void Fib_add_nexthop_to_no_face_is_answered_410() =>
        Assert.Equal(410UL, _node.CodeOf("fib/add-nexthop", new ControlParameters { Name = Name.Parse("/a"), FaceId = 9999 }));

    [Fact]
    public void Fib_add_nexthop_beyond_the_fibs_room_is_answered_500()
    {
        var node = new ManagedNode(forwarderOptions: new ForwarderOptions { PageOctets = 16384, FibCapacity = 3 });
        Assert.Equal(200UL, node.CodeOf("fib/add-nexthop", new ControlParameters { Name = Name.Parse("/a") }));
        Assert.Equal(500UL, node.CodeOf("fib/add-nexthop", new ControlParameters { Name = Name.Parse("/b") }));
    }

    [Fact]
    public void Fib_remove_nexthop_succeeds_with_or_without_one()
    {
        var parameters = new ControlParameters { Name = Name.Parse("/a") };
        _node.Succeed("fib/add-nexthop", parameters);
        ControlParameters effect = _node.Succeed("fib/remove-nexthop", parameters);
        Assert.Equal(parameters with { FaceId = _node.App.Value }, effect);
        Assert.DoesNotContain(_node.Fetch<FibEntryRecord>("fib/list"), entry => entry.Name == Name.Parse("/a"));
        Assert.Equal(200UL, _node.CodeOf("fib/remove-nexthop", parameters));
        Assert.Equal(200UL, _node.CodeOf("fib/remove-nexthop", parameters with { FaceId = 9999 }));
    }

    [Theory]
    [InlineData("fib/add-nexthop")]
    [InlineData("fib/remove-nexthop")]
    [InlineData("strategy-choice/unset")]
    [InlineData("strategy-choice/set")]
    public void A_prefix_of_more_than_32_components_is_answered_414(string command)
    {
        bool hasStrategy = command == "strategy-choice/set";
        var parameters = new ControlParameters
        {
            Name = Name.Parse(string.Concat(Enumerable.Repeat("/x", 33))),
            Strategy = hasStrategy ? Name.Parse("/localhost/nfd/strategy/multicast") : null,
        };
        Assert.Equal(414UL, _node.CodeOf(command, parameters));
        Assert.Equal(200UL, _node.CodeOf(command, parameters with { Name = parameters.Name.Prefix(32) }));
    }

    [Fact]
    public void Strategy_choice_set_answers_with_the_full_instance_name()
    {
        ControlParameters effect = _node.Succeed("strategy-choice/set", new ControlParameters
        {
            Name = Name.Parse("/a"),
            Strategy = Name.Parse("/localhost/nfd/strategy/multicast"),
        });
        Assert.Equal(Name.Parse("/localhost/nfd/strategy/multicast/v=5"), effect.Strategy);
        Assert.Equal(Name.Parse("/a"), effect.Name);
        Assert.Equal(Name.Parse("/localhost/nfd/strategy/multicast/v=5"), _node.Node.Core.FindStrategy(Name.Parse("/a/b")));
    }

    [Theory]
    [InlineData("/localhost/nfd/strategy/bogus", 404UL)]
    [InlineData("/localhost/nfd/strategy/multicast/v=99", 404UL)]
    [InlineData("/localhost/nfd/strategy/multicast/v=4", 409UL)]
    [InlineData("/localhost/nfd/strategy/multicast/v=5/retx-suppression-initial~x", 409UL)]
    [InlineData("/localhost/nfd/strategy/multicast/v=5/retx-suppression-initial~20", 200UL)]
    public void Strategy_choice_set_checks_name_version_and_parameters(string strategy, ulong code) =>
        Assert.Equal(code, _node.CodeOf("strategy-choice/set", new ControlParameters
        {
            Name = Name.Parse("/a"),
            Strategy = Name.Parse(strategy),
        }));

    [Fact]
    public void Strategy_choice_unset_restores_the_shorter_prefix_and_refuses_the_root()
    {
        _node.Succeed("strategy-choice/set", new ControlParameters
        {
            Name = Name.Parse("/a"),
            Strategy = Name.Parse("/localhost/nfd/strategy/multicast"),
        });
        ControlParameters effect = _node.Succeed("strategy-choice/unset", new ControlParameters { Name = Name.Parse("/a") });
        Assert.Equal(new ControlParameters { Name = Name.Parse("/a") }, effect);
        Assert.Single(_node.Fetch<StrategyChoiceRecord>("strategy-choice/list"));
        Assert.Equal(200UL, _node.CodeOf("strategy-choice/unset", new ControlParameters { Name = Name.Parse("/a") }));
        Assert.Equal(400UL, _node.CodeOf("strategy-choice/unset", new ControlParameters { Name = Name.Root }));
    }

    [Fact]
    public void Cs_config_assigns_the_masked_flags_and_the_capacity()
    {
        Assert.Equal(
            new ControlParameters { Capacity = 1000, Flags = 3 }, _node.Succeed("cs/config", new ControlParameters()));
        Assert.Equal(
            new ControlParameters { Capacity = 50, Flags = 1 },
            _node.Succeed("cs/config", new ControlParameters { Capacity = 50, Flags = 0, Mask = 2 }));
        Assert.Equal(
            new ControlParameters { Capacity = 50, Flags = 0 },
            _node.Succeed("cs/config", new ControlParameters { Flags = 0, Mask = 1 }));
    }

    [Fact]
    public void Cs_erase_says_how_many_went_and_whether_the_limit_stopped_it()
    {
        Cache("/a", 300);
        Cache("/b", 3);
        Name prefix = Name.Parse("/a");
        Assert.Equal(
            new ControlParameters { Name = prefix, Count = 256, Capacity = 256 },
            _node.Succeed("cs/erase", new ControlParameters { Name = prefix }));
        Assert.Equal(
            new ControlParameters { Name = prefix, Count = 4 },
            _node.Succeed("cs/erase", new ControlParameters { Name = prefix, Count = 4 }));
        Assert.Equal(
            new ControlParameters { Name = prefix, Count = 40 },
            _node.Succeed("cs/erase", new ControlParameters { Name = prefix, Count = 1000 }));
        Assert.Equal(
            new ControlParameters { Name = prefix, Count = 0 },
            _node.Succeed("cs/erase", new ControlParameters { Name = prefix }));
        Assert.Equal(3, _node.Node.Core.ContentStoreEntryCount);
    }

    [Fact]
    public void Cs_erase_that_takes_exactly_the_limit_says_nothing_of_more()
    {
        Cache("/a", 256);
        Assert.Equal(
            new ControlParameters { Name = Name.Parse("/a"), Count = 256 },
            _node.Succeed("cs/erase", new ControlParameters { Name = Name.Parse("/a") }));
    }

    [Fact]
    public void Cs_erase_of_count_zero_is_answered_400() =>
        Assert.Equal(400UL, _node.CodeOf("cs/erase", new ControlParameters { Name = Name.Parse("/a"), Count = 0 }));

    private void Cache(string prefix, int count)
    {
        FaceId producer = _node.AddUdpFace($"192.0.2.{prefix[1] - 'a' + 100}");
        _node.Node.Route(prefix, producer);
        for (int i = 0; i < count; i++)
        {
            _node.Node.Receive(_node.App, Wire.Interest($"{prefix}/{i}", (uint)(50_000 + i)));
            _node.Node.Receive(producer, Wire.Data($"{prefix}/{i}", 60_000));
        }
    }
}
