using System.Diagnostics.CodeAnalysis;
using Piccolo.Ndn.Naming;

namespace Piccolo.Compute.Functions;

/// <summary>The functions of a node by name; one version of each.</summary>
/// <remarks>Bound: the capacity given to the constructor. Lists come in the order of registration.</remarks>
public sealed class FunctionRegistry
{
    private readonly Dictionary<Name, FunctionRegistration> _byName = [];
    private readonly List<FunctionRegistration> _ordered = [];
    private readonly int _capacity;

    /// <summary>An empty registry.</summary>
    /// <param name="capacity">Most functions; at least 1.</param>
    public FunctionRegistry(int capacity = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
    }

    /// <summary>All functions, in the order in which they were registered.</summary>
    public IReadOnlyList<FunctionRegistration> All => _ordered;

    /// <summary>Adds a function, or puts another version in its place.</summary>
    /// <returns>False when the registry is full.</returns>
    public bool TryRegister(FunctionRegistration registration)
    {
        ArgumentNullException.ThrowIfNull(registration);
        if (_byName.TryGetValue(registration.Descriptor.Name, out FunctionRegistration? before))
        {
            _ordered[_ordered.IndexOf(before)] = registration;
        }
        else if (_ordered.Count >= _capacity)
        {
            return false;
        }
        else
        {
            _ordered.Add(registration);
        }

        _byName[registration.Descriptor.Name] = registration;
        return true;
    }

    /// <summary>Takes a function out.</summary>
    public bool Remove(Name function)
    {
        if (!_byName.Remove(function, out FunctionRegistration? registration))
        {
            return false;
        }

        _ordered.Remove(registration);
        return true;
    }

    /// <summary>Finds a function by its exact name.</summary>
    public bool TryGet(Name function, [NotNullWhen(true)] out FunctionRegistration? registration) =>
        _byName.TryGetValue(function, out registration);
}
