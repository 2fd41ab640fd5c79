using System.Text;

namespace Piccolo.Sim.Topologies;

/// <summary>What was found in a file, made fit for an error message.</summary>
internal static class Quote
{
    private const int Longest = 60;

    /// <summary>The text without control characters, cut where it is long.</summary>
    internal static string Clip(ReadOnlySpan<char> text)
    {
        StringBuilder clipped = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (clipped.Length >= Longest)
            {
                return clipped.Append("...").ToString();
            }

            clipped.Append(Rune.IsControl(rune) ? "?" : rune.ToString());
        }

        return clipped.ToString();
    }
}
