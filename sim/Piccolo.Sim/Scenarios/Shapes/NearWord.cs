namespace Piccolo.Sim.Scenarios.Shapes;

/// <summary>Finds the word that was probably meant.</summary>
internal static class NearWord
{
    private const int LengthMax = 64;

    /// <summary>The end of a sentence: <c>; did you mean 'x'?</c>, or which words there are.</summary>
    public static string Suggest(string word, IEnumerable<string> known)
    {
        string[] words = [.. known.Distinct(StringComparer.Ordinal)];
        string? best = null;
        int least = int.MaxValue;
        foreach (string candidate in words)
        {
            int distance = Distance(word, candidate);
            if (distance < least)
            {
                (best, least) = (candidate, distance);
            }
        }

        if (best is not null && least <= Math.Max(1, Math.Max(word.Length, best.Length) / 3))
        {
            return $"; did you mean '{best}'?";
        }

        string list = string.Join(", ", words.Take(40));
        return words.Length == 0 ? "" : $"; there {(words.Length == 1 ? "is" : "are")} {list}{(words.Length > 40 ? ", ..." : "")}";
    }

    /// <summary>Letters to change, add, leave out or swap with the next; case counts nothing.</summary>
    /// <remarks>Bound: words are cut to 64 letters.</remarks>
    internal static int Distance(string left, string right)
    {
        string a = left.Length > LengthMax ? left[..LengthMax] : left;
        string b = right.Length > LengthMax ? right[..LengthMax] : right;
        var rows = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            rows[i, 0] = i;
        }

        for (int j = 0; j <= b.Length; j++)
        {
            rows[0, j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = IsSame(a[i - 1], b[j - 1]) ? 0 : 1;
                int best = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                bool isSwap = i > 1 && j > 1 && IsSame(a[i - 1], b[j - 2]) && IsSame(a[i - 2], b[j - 1]);
                rows[i, j] = isSwap ? Math.Min(best, rows[i - 2, j - 2] + 1) : best;
            }
        }

        return rows[a.Length, b.Length];
    }

    private static bool IsSame(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
