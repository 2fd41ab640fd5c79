using System.Globalization;
using System.Text;

namespace Piccolo.Sim.Scenarios.Shapes;

/// <summary>Writes all keys of scenarios as Markdown, for the documentation.</summary>
internal static class KeyListWriter
{
    public static string Write(ObjectShape root, IReadOnlyList<ApplicationKind> kinds)
    {
        var text = new StringBuilder();
        foreach (ObjectShape shape in SchemaWriter.Collect(root, kinds))
        {
            text.Append(CultureInfo.InvariantCulture, $"### {shape.Name}\n\n");
            if (shape.Name == "application")
            {
                string all = string.Join(", ", kinds.Select(static kind => Link(kind.Shape)));
                text.Append(CultureInfo.InvariantCulture, $"One of {all}, as its `kind` says.\n\n");
                continue;
            }

            text.Append(CultureInfo.InvariantCulture, $"{shape.Summary}\n\n| key | value | |\n|---|---|---|\n");
            foreach (KeyShape key in shape.Keys)
            {
                string required = key.IsRequired ? " **Required.**" : "";
                text.Append(CultureInfo.InvariantCulture, $"| `{key.Name}` | {Describe(key.Value)} | {key.Summary}{required} |\n");
            }

            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static string Describe(ValueShape value) => value.Kind switch
    {
        ValueKind.Whole => "whole number",
        ValueKind.Number => "number",
        ValueKind.Flag => "true or false",
        ValueKind.Duration => "time",
        ValueKind.Rate => "rate",
        ValueKind.Octets => "octets",
        ValueKind.Choice => string.Join(", ", value.Words.Select(static word => $"`{word}`")),
        ValueKind.Object => Link(value.Shape!),
        ValueKind.List => $"list of {Describe(value.Items[0])}",
        ValueKind.Map => $"map to {Describe(value.Items[0])}",
        ValueKind.Either => string.Join(" or ", value.Items.Select(Describe)),
        ValueKind.Any => "any JSON",
        _ => "text",
    };

    private static string Link(ObjectShape shape) => $"[{shape.Name}](#{shape.Name})";
}
