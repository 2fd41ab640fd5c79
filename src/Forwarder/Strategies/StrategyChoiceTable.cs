using Piccolo.Forwarder.Tables;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Strategies;

/// <summary>Which strategy serves which prefix; the root always has one.</summary>
/// <remarks>Bound: prefixes by the capacity, and 255 different instances (name with parameters).</remarks>
internal sealed class StrategyChoiceTable
{
    private const int InstancesMax = 255;

    private readonly PrefixTable _prefixes;
    private readonly NameHasher _hasher;
    private readonly List<IStrategy> _instances = [];
    private readonly List<int> _useCounts = [];

    public StrategyChoiceTable(int capacity, OctetSlab names, NameHasher hasher)
    {
        _prefixes = new PrefixTable(capacity, names);
        _hasher = hasher;
    }

    /// <summary>How many prefixes have a choice of their own.</summary>
    public int Count => _prefixes.Count;

    /// <summary>Bytes allocated, without names.</summary>
    public long ReservedBytes => _prefixes.ReservedBytes;

    /// <summary>The strategy of a number.</summary>
    public IStrategy this[int instance] => _instances[instance];

    /// <summary>Number of the strategy in charge of a name.</summary>
    public int FindFor(ReadOnlySpan<byte> nameValue, ReadOnlySpan<ulong> hashes) =>
        _prefixes.Value(_prefixes.FindLongest(nameValue, hashes));

    /// <summary>Chooses a strategy for a prefix.</summary>
    public StrategyChoiceStatus Set(Name prefix, Name strategyName)
    {
        if (prefix.Count > PrefixTable.MaxDepth)
        {
            return StrategyChoiceStatus.PrefixTooLong;
        }

        StrategyChoiceStatus status = StrategyRegistry.TryCreate(strategyName, out IStrategy? strategy);
        if (strategy is null)
        {
            return status;
        }

        int instance = FindOrAdd(strategy);
        if (instance < 0)
        {
            return StrategyChoiceStatus.TableFull;
        }

        ulong hash = _hasher.Hash(prefix.Value);
        int index = _prefixes.Find(prefix.Value, hash);
        if (index >= 0)
        {
            _useCounts[_prefixes.Value(index)]--;
            _prefixes.Value(index) = instance;
        }
        else if (_prefixes.Add(prefix.Value, hash, prefix.Count, instance) < 0)
        {
            return StrategyChoiceStatus.TableFull;
        }

        _useCounts[instance]++;
        return StrategyChoiceStatus.Ok;
    }

    /// <summary>Lets a prefix follow the choice of the next shorter one.</summary>
    public StrategyChoiceStatus Unset(Name prefix)
    {
        int index = _prefixes.Find(prefix.Value, _hasher.Hash(prefix.Value));
        if (index < 0 || prefix.Count == 0)
        {
            return StrategyChoiceStatus.NotFound;
        }

        _useCounts[_prefixes.Value(index)]--;
        _prefixes.Remove(index);
        return StrategyChoiceStatus.Ok;
    }

    /// <summary>All choices, in the order of the table.</summary>
    public List<StrategyChoiceInfo> List()
    {
        List<StrategyChoiceInfo> list = new(_prefixes.Count);
        for (int index = 0; index < _prefixes.IndexEnd; index++)
        {
            if (_prefixes.IsUsed(index) && Name.TryFromValue(_prefixes.NameValue(index), out Name? prefix) == 0
                && prefix is not null)
            {
                list.Add(new StrategyChoiceInfo(prefix, _instances[_prefixes.Value(index)].InstanceName));
            }
        }

        return list;
    }

    private int FindOrAdd(IStrategy strategy)
    {
        int idle = -1;
        for (int index = 0; index < _instances.Count; index++)
        {
            if (_instances[index].InstanceName == strategy.InstanceName)
            {
                return index;
            }

            idle = _useCounts[index] == 0 ? index : idle;
        }

        if (_instances.Count < InstancesMax)
        {
            _instances.Add(strategy);
            _useCounts.Add(0);
            return _instances.Count - 1;
        }

        if (idle >= 0)
        {
            _instances[idle] = strategy;
        }

        return idle;
    }
}
