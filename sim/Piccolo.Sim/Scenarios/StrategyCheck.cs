using Piccolo.Forwarder.Strategies;
using Piccolo.Ndn.Naming;
using Piccolo.Sim.Scenarios.Shapes;

namespace Piccolo.Sim.Scenarios;

/// <summary>Says whether the forwarder has a strategy.</summary>
internal static class StrategyCheck
{
    private const int WordAt = 3;

    public static bool IsKnown(Name strategy, out string reason)
    {
        string[] words = [.. StrategyRegistry.All.Select(name => name[WordAt].ToString())];
        bool isKnown = strategy.Count > WordAt
            && StrategyRegistry.All.Any(known => known.Prefix(WordAt + 1).Equals(strategy.Prefix(WordAt + 1)));
        string asked = strategy.Count > WordAt ? strategy[WordAt].ToString() : strategy.ToString();
        reason = isKnown ? "" : $"there is no strategy '{asked}'{NearWord.Suggest(asked, words)}";
        return isKnown;
    }
}
