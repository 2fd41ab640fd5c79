using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Strategies;

/// <summary>One entry of the strategy choice, as management reports it.</summary>
/// <param name="Prefix">The prefix.</param>
/// <param name="Strategy">The strategy instance: name, version and parameters.</param>
public readonly record struct StrategyChoiceInfo(Name Prefix, Name Strategy);
