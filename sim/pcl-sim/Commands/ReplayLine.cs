using System.Text;
using Piccolo.Sim.Scenarios;

namespace Piccolo.Sim.Cli.Commands;

/// <summary>The line that runs something again.</summary>
internal static class ReplayLine
{
    public static string Of(Scenario scenario, ulong seed, IReadOnlyDictionary<string, string> parameters)
    {
        var line = new StringBuilder($"pcl-sim replay {Quote(scenario.File)} --seed {seed}");
        foreach ((string name, string value) in parameters.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            line.Append(" --set ").Append(Quote($"{name}={value}"));
        }

        return line.ToString();
    }

    private static string Quote(string text) =>
        text.All(static letter => char.IsLetterOrDigit(letter) || letter is '/' or '.' or '-' or '_' or '=' or ',')
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
