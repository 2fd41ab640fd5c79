using System.Text.Json;

namespace Piccolo.TestKit;

/// <summary>Reads the files of <c>tests/vectors</c>.</summary>
public static class Vectors
{
    /// <summary>The folder with the vector files, found upwards from the test's own folder.</summary>
    public static string Folder { get; } = FindFolder();

    /// <summary>All vectors of one file.</summary>
    /// <param name="file">Name of the file, such as <c>data.json</c>.</param>
    public static IReadOnlyList<JsonElement> Load(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, file)));
        var vectors = new List<JsonElement>();
        foreach (JsonElement vector in document.RootElement.GetProperty("vectors").EnumerateArray())
        {
            vectors.Add(vector.Clone());
        }

        int declared = document.RootElement.GetProperty("count").GetInt32();
        return vectors.Count == declared
            ? vectors
            : throw new InvalidDataException($"{file} says it has {declared} vectors, and has {vectors.Count}");
    }

    /// <summary>Runs a check on every vector of a file, and says which one failed.</summary>
    /// <param name="file">Name of the file, such as <c>data.json</c>.</param>
    /// <param name="check">Throws when the vector is not met.</param>
    /// <param name="kinds">Only vectors with one of these kinds; none means all.</param>
    /// <returns>How many vectors were checked, for the test to compare with what it expects.</returns>
    /// <exception cref="InvalidDataException">A check failed; the message begins with the vector's id.</exception>
    public static int Check(string file, Action<JsonElement> check, params string[] kinds)
    {
        int count = 0;
        foreach (JsonElement vector in Load(file))
        {
            if (kinds.Length > 0 && !kinds.Contains(vector.Text("kind")))
            {
                continue;
            }

            try
            {
                check(vector);
            }
            catch (Exception e)
            {
                throw new InvalidDataException($"{file}, vector {vector.Text("id")}: {e.Message}", e);
            }

            count++;
        }

        return count;
    }

    /// <summary>The vectors of one file that have a given <c>kind</c>.</summary>
    public static IReadOnlyList<JsonElement> Load(string file, string kind) =>
        Load(file).Where(vector => vector.Text("kind") == kind).ToList();

    /// <summary>Octets of a hexadecimal property.</summary>
    public static byte[] Octets(this JsonElement vector, string property) =>
        Convert.FromHexString(vector.GetProperty(property).GetString()!);

    /// <summary>Text of a property; null when it is absent or null.</summary>
    public static string? Text(this JsonElement vector, string property) =>
        vector.TryGetProperty(property, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>A number, written as one or as decimal text; null when the property is absent or null.</summary>
    public static ulong? Number(this JsonElement vector, string property)
    {
        if (!vector.TryGetProperty(property, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Number => value.GetUInt64(),
            JsonValueKind.String => ulong.Parse(value.GetString()!, System.Globalization.CultureInfo.InvariantCulture),
            _ => null,
        };
    }

    private static string FindFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "tests", "vectors");
            if (File.Exists(Path.Combine(candidate, "index.json")))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException("tests/vectors is not above " + AppContext.BaseDirectory);
    }
}
