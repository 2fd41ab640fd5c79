namespace Piccolo.Sim.Topologies;

/// <summary>A node or an edge of a GraphML file while it is read.</summary>
internal sealed class GraphMlElement(int line, string id, string target, bool isDirected)
{
    private readonly List<(GraphMlField Field, string Value)> _values = [];

    internal int Line { get; } = line;

    /// <summary>Of a node its id, of an edge its source.</summary>
    internal string Id { get; } = id;

    internal string Target { get; } = target;

    internal bool IsDirected { get; } = isDirected;

    internal string? this[GraphMlField field]
    {
        get
        {
            foreach ((GraphMlField known, string value) in _values)
            {
                if (known == field)
                {
                    return value;
                }
            }

            return null;
        }
    }

    /// <summary>Keeps a value; the first of several holds.</summary>
    internal void Set(GraphMlField field, string value)
    {
        string trimmed = value.Trim();
        if (field != GraphMlField.None && trimmed.Length > 0 && this[field] is null)
        {
            _values.Add((field, trimmed));
        }
    }
}
