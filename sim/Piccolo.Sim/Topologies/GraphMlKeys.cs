namespace Piccolo.Sim.Topologies;

/// <summary>The attributes that a GraphML file declares, and what those mean that are known.</summary>
internal sealed class GraphMlKeys
{
    private static readonly Dictionary<string, GraphMlField> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["label"] = GraphMlField.Label,
        ["name"] = GraphMlField.Label,
        ["longitude"] = GraphMlField.X,
        ["x"] = GraphMlField.X,
        ["latitude"] = GraphMlField.Latitude,
        ["y"] = GraphMlField.Y,
        ["kind"] = GraphMlField.Kind,
        ["bandwidth"] = GraphMlField.Rate,
        ["capacity"] = GraphMlField.Rate,
        ["rate"] = GraphMlField.Rate,
        ["bw"] = GraphMlField.Rate,
        ["linkspeedraw"] = GraphMlField.Rate,
        ["bandwidth_unit"] = GraphMlField.RateUnit,
        ["capacity_unit"] = GraphMlField.RateUnit,
        ["delay"] = GraphMlField.Delay,
        ["latency"] = GraphMlField.Delay,
        ["delay_unit"] = GraphMlField.DelayUnit,
        ["metric"] = GraphMlField.Metric,
        ["weight"] = GraphMlField.Metric,
        ["cost"] = GraphMlField.Metric,
        ["queue"] = GraphMlField.Queue,
        ["loss"] = GraphMlField.Loss,
        ["corruption"] = GraphMlField.Corruption,
        ["duplication"] = GraphMlField.Duplication,
        ["reorder"] = GraphMlField.Reorder,
        ["reorder_delay"] = GraphMlField.ReorderDelay,
        ["mtu"] = GraphMlField.Mtu,
    };

    private readonly Dictionary<string, (GraphMlField Field, string For)> _fields = new(StringComparer.Ordinal);
    private readonly Dictionary<(GraphMlField Field, string For), string> _defaults = [];

    /// <summary>Takes a declaration.</summary>
    /// <returns>False if its id was declared before.</returns>
    internal bool TryAdd(string id, string name, string appliesTo) =>
        _fields.TryAdd(id, (Known.GetValueOrDefault(name), appliesTo));

    internal void SetDefault(string id, string value)
    {
        (GraphMlField field, string appliesTo) = _fields[id];
        _defaults.TryAdd((field, appliesTo), value.Trim());
    }

    internal bool TryFind(string id, out GraphMlField field)
    {
        bool isKnown = _fields.TryGetValue(id, out (GraphMlField Field, string For) found);
        field = found.Field;
        return isKnown;
    }

    /// <summary>Gives an element what it did not say itself.</summary>
    internal void Complete(GraphMlElement element, string kind)
    {
        for (GraphMlField field = GraphMlField.None + 1; field < GraphMlField.Count; field++)
        {
            if (_defaults.TryGetValue((field, kind), out string? value) || _defaults.TryGetValue((field, "all"), out value))
            {
                element.Set(field, value);
            }
        }
    }
}
