namespace Piccolo.Sim.Scenarios.Shapes;

/// <summary>The keys of an object of a scenario.</summary>
public sealed class ObjectShape
{
    private readonly Dictionary<string, KeyShape> _keys = new(StringComparer.Ordinal);

    /// <summary>An object with these keys.</summary>
    /// <param name="name">What the schema calls it; unique among all shapes.</param>
    /// <param name="summary">What it is for.</param>
    /// <param name="keys">Its keys.</param>
    public ObjectShape(string name, string summary, params IReadOnlyList<KeyShape> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        Name = name;
        Summary = summary;
        Keys = keys;
        foreach (KeyShape key in keys)
        {
            _keys.Add(key.Name, key);
        }
    }

    /// <summary>What the schema calls it.</summary>
    public string Name { get; }

    /// <summary>What it is for.</summary>
    public string Summary { get; }

    /// <summary>Its keys, in the order that documents list them.</summary>
    public IReadOnlyList<KeyShape> Keys { get; }

    /// <summary>The key of that name, or null.</summary>
    public KeyShape? Find(string name) => _keys.GetValueOrDefault(name);
}
