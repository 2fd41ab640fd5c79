using Piccolo.Sim.Scenarios;

namespace Piccolo.Sim.Cli.Commands;

/// <summary>Times on the command line.</summary>
internal static class TimeText
{
    /// <summary>Reads a time like <c>10s</c>, or a number of seconds.</summary>
    /// <exception cref="ScenarioException">It is none, or not more than 0.</exception>
    public static long Parse(string option, string text) => VirtualTime.TryParse(text, out long ns) && ns > 0
        ? ns
        : throw new ScenarioException($"{option} takes a time like 10s or 500ms, more than 0, not '{text}'");
}
