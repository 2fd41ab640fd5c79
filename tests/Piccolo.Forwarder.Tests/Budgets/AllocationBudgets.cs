using System.Text.Json;
using Piccolo.TestKit;

namespace Piccolo.Forwarder.Tests.Budgets;

/// <summary>The file <c>bench/budgets.json</c>, and the question whether an operation keeps to it.</summary>
internal sealed class AllocationBudgets(IReadOnlyDictionary<string, long> bytesPerOperation)
{
    private const int WarmRuns = 3000;
    private const int CountedRuns = 1000;

    /// <summary>The operations that have a budget.</summary>
    public IEnumerable<string> Names => bytesPerOperation.Keys;

    /// <summary>Reads the file.</summary>
    public static AllocationBudgets Load()
    {
        string path = Path.Combine(Vectors.Folder, "..", "..", "bench", "budgets.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        Dictionary<string, long> budgets = new(StringComparer.Ordinal);
        foreach (JsonProperty property in document.RootElement.GetProperty("bytesPerOperation").EnumerateObject())
        {
            budgets.Add(property.Name, property.Value.GetInt64());
        }

        return new AllocationBudgets(budgets);
    }

    /// <summary>Measures an operation; a violation is what a second measurement from the start finds again.</summary>
    /// <remarks>
    /// What an operation allocates is there each time; now and then something else allocates once on this thread, presumably the runtime
    /// while it compiles.
    /// </remarks>
    /// <param name="name">Its name in the file.</param>
    /// <param name="make">Makes the operation, which gets the number of the run.</param>
    /// <returns>What is wrong, or null when it keeps to its budget.</returns>
    public string? FindViolation(string name, Func<Action<int>> make)
    {
        if (!bytesPerOperation.TryGetValue(name, out long budget))
        {
            return $"'{name}' has no budget in bench/budgets.json";
        }

        long allocated = Measure(make());
        if (allocated > budget * CountedRuns)
        {
            allocated = Math.Min(allocated, Measure(make()));
        }

        return allocated <= budget * CountedRuns
            ? null
            : $"'{name}' allocates {(double)allocated / CountedRuns} bytes; its budget is {budget}";
    }

    private static long Measure(Action<int> operation)
    {
        for (int run = 0; run < WarmRuns; run++)
        {
            operation(run);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int run = WarmRuns; run < WarmRuns + CountedRuns; run++)
        {
            operation(run);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
