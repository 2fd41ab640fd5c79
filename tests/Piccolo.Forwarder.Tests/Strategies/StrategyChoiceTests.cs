using Piccolo.Forwarder.Strategies;
using Piccolo.Forwarder.Tests.Support;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Tests.Strategies;

public class StrategyChoiceTests
{
    private readonly TestNode _node = new();

    [Theory]
    [InlineData("/localhost/nfd/strategy/best-route", StrategyChoiceStatus.Ok, "/localhost/nfd/strategy/best-route/v=5")]
    [InlineData("/localhost/nfd/strategy/multicast/v=5", StrategyChoiceStatus.Ok, "/localhost/nfd/strategy/multicast/v=5")]
    [InlineData("/localhost/nfd/strategy/best-route/v=6", StrategyChoiceStatus.UnknownStrategy, null)]
    [InlineData("/localhost/nfd/strategy/best-route/v=4", StrategyChoiceStatus.UnsupportedVersion, null)]
    [InlineData("/localhost/nfd/strategy/nothing", StrategyChoiceStatus.UnknownStrategy, null)]
    [InlineData("/localhost/nfd/strategy/best-route/retx-suppression-max~9", StrategyChoiceStatus.UnknownStrategy, null)]
    [InlineData("/localhost/nfd/strategy/best-route/v=5/retx-suppression-max~x", StrategyChoiceStatus.BadParameters, null)]
    [InlineData("/localhost/nfd/strategy/best-route/v=5/retx-suppression-max~5", StrategyChoiceStatus.BadParameters, null)]
    [InlineData("/localhost/nfd/strategy/best-route/v=5/retx-suppression-multiplier~0.5", StrategyChoiceStatus.BadParameters, null)]
    [InlineData(
        "/localhost/nfd/strategy/best-route/v=5/colour~red", StrategyChoiceStatus.Ok,
        "/localhost/nfd/strategy/best-route/v=5/colour~red")]
    public void StrategyChoice_names_versions_and_parameters(string strategy, StrategyChoiceStatus status, string? reported)
    {
        Assert.Equal(status, _node.Core.SetStrategy(Name.Parse("/x"), Name.Parse(strategy)));
        if (reported is not null)
        {
            Assert.Equal(reported, _node.Core.FindStrategy(Name.Parse("/x/y")).ToString());
        }
    }

    [Fact]
    public void StrategyChoice_root_is_best_route_and_cannot_be_unset()
    {
        Assert.Equal(StrategyChoiceStatus.NotFound, _node.Core.UnsetStrategy(Name.Root));
        Assert.Equal(StrategyRegistry.BestRoute, _node.Core.FindStrategy(Name.Parse("/any")));
    }

    [Fact]
    public void StrategyChoice_unset_falls_back_to_the_shorter_prefix()
    {
        _node.Core.SetStrategy(Name.Parse("/a"), StrategyRegistry.Multicast);
        _node.Core.SetStrategy(Name.Parse("/a/b"), StrategyRegistry.BestRoute);
        Assert.Equal(StrategyRegistry.BestRoute, _node.Core.FindStrategy(Name.Parse("/a/b/c")));

        Assert.Equal(StrategyChoiceStatus.Ok, _node.Core.UnsetStrategy(Name.Parse("/a/b")));
        Assert.Equal(StrategyChoiceStatus.NotFound, _node.Core.UnsetStrategy(Name.Parse("/a/b")));

        Assert.Equal(StrategyRegistry.Multicast, _node.Core.FindStrategy(Name.Parse("/a/b/c")));
        Assert.Equal(["/", "/a"], _node.Core.ListStrategies().Select(s => s.Prefix.ToString()));
    }

    [Fact]
    public void StrategyChoice_full_says_so()
    {
        var node = new TestNode(new ForwarderOptions { StrategyChoiceCapacity = 2, PageOctets = 16384 });

        Assert.Equal(StrategyChoiceStatus.Ok, node.Core.SetStrategy(Name.Parse("/a"), StrategyRegistry.Multicast));
        Assert.Equal(StrategyChoiceStatus.TableFull, node.Core.SetStrategy(Name.Parse("/b"), StrategyRegistry.Multicast));
    }

    [Fact]
    public void StrategyChoice_survives_hundreds_of_different_instances()
    {
        for (int index = 1; index < 600; index++)
        {
            Name strategy = StrategyRegistry.BestRoute.Append($"retx-suppression-max~{index + 10}");
            Assert.Equal(StrategyChoiceStatus.Ok, _node.Core.SetStrategy(Name.Parse("/a"), strategy));
            Assert.Equal(strategy, _node.Core.FindStrategy(Name.Parse("/a")));
        }
    }
}
