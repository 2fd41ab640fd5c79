using System.Globalization;

namespace Piccolo.Sim.Cli.Sweeps;

/// <summary>A parameter and the values that a sweep gives it.</summary>
internal sealed record SweepAxis(string Name, IReadOnlyList<string> Values)
{
    private const int CombinationsMax = 100_000;

    /// <summary>Reads <c>name=value,value,...</c>.</summary>
    /// <exception cref="ScenarioException">There is no value, or one twice.</exception>
    public static SweepAxis Parse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string[] values = equals <= 0 ? [] : text[(equals + 1)..].Split(',', StringSplitOptions.TrimEntries);
        if (values.Length == 0 || values.Any(static value => value.Length == 0))
        {
            throw new ScenarioException($"--set of a sweep takes name=value,value,..., not '{text}'");
        }

        return values.Distinct(StringComparer.Ordinal).Count() == values.Length
            ? new SweepAxis(text[..equals], values)
            : throw new ScenarioException($"--set {text} names a value twice");
    }

    /// <summary>Reads <c>1..10</c>, <c>3</c>, <c>1,2,5..7</c>.</summary>
    /// <exception cref="ScenarioException">It is no list of seeds.</exception>
    public static IReadOnlyList<ulong> ParseSeeds(string text)
    {
        var seeds = new List<ulong>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] ends = part.Split("..", 2);
            bool isNumber = ulong.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out ulong first);
            ulong last = first;
            isNumber &= ends.Length == 1 || ulong.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out last);
            if (!isNumber || last < first || last - first >= CombinationsMax)
            {
                throw new ScenarioException($"--seeds takes seeds like 1..10 or 1,2,5, not '{text}'");
            }

            for (ulong seed = first; seed <= last; seed++)
            {
                seeds.Add(seed);
            }
        }

        return seeds.Distinct().Count() == seeds.Count ? seeds : throw new ScenarioException($"--seeds {text} names a seed twice");
    }

    /// <summary>Every combination of values, the last axis changing fastest.</summary>
    /// <exception cref="ScenarioException">There are too many.</exception>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Combine(IReadOnlyList<SweepAxis> axes)
    {
        List<Dictionary<string, string>> all = [new(StringComparer.Ordinal)];
        foreach (SweepAxis axis in axes)
        {
            if ((long)all.Count * axis.Values.Count > CombinationsMax)
            {
                throw new ScenarioException($"the sweep has more than {CombinationsMax} combinations");
            }

            all = [.. all.SelectMany(before => axis.Values.Select(value =>
                new Dictionary<string, string>(before, StringComparer.Ordinal) { [axis.Name] = value }))];
        }

        return all;
    }
}
