using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Piccolo.Sim.Scenarios.Shapes;

/// <summary>Writes the JSON Schema (draft 2020-12) of scenario files from the shapes that their reader goes by.</summary>
internal static class SchemaWriter
{
    private const string DurationPattern = @"^(\$|[0-9.]+([eE][0-9+-]+)? *(ns|us|µs|ms|s|min|h)?$)";
    private const string RatePattern = @"^(\$|unlimited$|[0-9.]+([eE][0-9+-]+)? *([kKMGT]i?)?(bps|b/s|bit/s|Bps|B/s)?$)";
    private const string OctetsPattern = @"^(\$|[0-9.]+ *(B|kB|KB|MB|GB|KiB|MiB|GiB|TiB)?$)";
    private const string PlaceholderPattern = @"^\$";

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(ObjectShape root, IReadOnlyList<ApplicationKind> kinds)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            writer.WriteString("title", root.Summary);
            writer.WriteString("$ref", "#/$defs/" + root.Name);
            writer.WriteStartObject("$defs");
            foreach (ObjectShape shape in Collect(root, kinds))
            {
                writer.WritePropertyName(shape.Name);
                if (shape.Name == "application")
                {
                    WriteKinds(writer, shape, kinds);
                }
                else
                {
                    WriteShape(writer, shape);
                }
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n";
    }

    /// <summary>All shapes below a root, and those of the kinds, each once, in the order they are met.</summary>
    internal static IReadOnlyList<ObjectShape> Collect(ObjectShape root, IReadOnlyList<ApplicationKind> kinds)
    {
        var found = new List<ObjectShape>();
        void Visit(ObjectShape shape)
        {
            if (found.Contains(shape))
            {
                return;
            }

            if (found.Exists(known => known.Name == shape.Name))
            {
                throw new InvalidOperationException($"two shapes are named '{shape.Name}'");
            }

            found.Add(shape);
            foreach (KeyShape key in shape.Name == "application" ? [] : shape.Keys)
            {
                VisitValue(key.Value);
            }
        }

        void VisitValue(ValueShape value)
        {
            if (value.Shape is not null)
            {
                Visit(value.Shape);
            }

            foreach (ValueShape item in value.Items)
            {
                VisitValue(item);
            }
        }

        Visit(root);
        foreach (ApplicationKind kind in kinds)
        {
            Visit(kind.Shape);
        }

        return found;
    }

    private static void WriteKinds(Utf8JsonWriter writer, ObjectShape shape, IReadOnlyList<ApplicationKind> kinds)
    {
        writer.WriteStartObject();
        writer.WriteString("description", shape.Summary);
        writer.WriteStartArray("oneOf");
        foreach (ApplicationKind kind in kinds)
        {
            writer.WriteStartObject();
            writer.WriteString("$ref", "#/$defs/" + kind.Shape.Name);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteShape(Utf8JsonWriter writer, ObjectShape shape)
    {
        writer.WriteStartObject();
        writer.WriteString("description", shape.Summary);
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        foreach (KeyShape key in shape.Keys)
        {
            writer.WriteStartObject(key.Name);
            writer.WriteString("description", key.Summary);
            WriteValue(writer, key.Value);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        if (shape.Keys.Any(key => key.IsRequired))
        {
            writer.WriteStartArray("required");
            foreach (KeyShape key in shape.Keys.Where(key => key.IsRequired))
            {
                writer.WriteStringValue(key.Name);
            }

            writer.WriteEndArray();
        }

        writer.WriteBoolean("additionalProperties", false);
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, ValueShape value)
    {
        switch (value.Kind)
        {
            case ValueKind.Text:
                writer.WriteString("type", "string");
                break;
            case ValueKind.Whole:
                WriteTypes(writer, "integer", PlaceholderPattern);
                WriteRange(writer, value);
                break;
            case ValueKind.Number:
                WriteTypes(writer, "number", PlaceholderPattern);
                WriteRange(writer, value);
                break;
            case ValueKind.Flag:
                WriteTypes(writer, "boolean", PlaceholderPattern);
                break;
            case ValueKind.Duration:
                WriteTypes(writer, "number", DurationPattern);
                writer.WriteNumber("minimum", 0);
                break;
            case ValueKind.Rate:
                WriteTypes(writer, "number", RatePattern);
                writer.WriteNumber("exclusiveMinimum", 0);
                break;
            case ValueKind.Octets:
                WriteTypes(writer, "integer", OctetsPattern);
                writer.WriteNumber("minimum", 0);
                break;
            case ValueKind.Choice:
                writer.WriteString("type", "string");
                writer.WriteString("pattern", $"^(\\$.*|{string.Join('|', value.Words)})$");
                break;
            case ValueKind.Object:
                writer.WriteString("$ref", "#/$defs/" + value.Shape!.Name);
                break;
            case ValueKind.List:
                writer.WriteString("type", "array");
                writer.WriteStartObject("items");
                WriteValue(writer, value.Items[0]);
                writer.WriteEndObject();
                break;
            case ValueKind.Map:
                writer.WriteString("type", "object");
                writer.WriteStartObject("additionalProperties");
                WriteValue(writer, value.Items[0]);
                writer.WriteEndObject();
                break;
            case ValueKind.Either:
                writer.WriteStartArray("anyOf");
                foreach (ValueShape alternative in value.Items)
                {
                    writer.WriteStartObject();
                    WriteValue(writer, alternative);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                break;
            default:
                break;
        }
    }

    private static void WriteTypes(Utf8JsonWriter writer, string type, string pattern)
    {
        writer.WriteStartArray("type");
        writer.WriteStringValue(type);
        writer.WriteStringValue("string");
        writer.WriteEndArray();
        writer.WriteString("pattern", pattern);
    }

    private static void WriteRange(Utf8JsonWriter writer, ValueShape value)
    {
        if (value.Minimum > double.MinValue)
        {
            writer.WritePropertyName("minimum");
            writer.WriteRawValue(Text(value.Minimum));
        }

        if (value.Maximum < long.MaxValue)
        {
            writer.WritePropertyName("maximum");
            writer.WriteRawValue(Text(value.Maximum));
        }
    }

    private static string Text(double number) => number == Math.Floor(number) && Math.Abs(number) < 1e15
        ? ((long)number).ToString(CultureInfo.InvariantCulture)
        : number.ToString("R", CultureInfo.InvariantCulture);
}
