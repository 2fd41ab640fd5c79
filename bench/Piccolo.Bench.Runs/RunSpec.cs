using System.Text.Json;

namespace Piccolo.Bench.Runs;

/// <summary>A simulation to measure, in a process of its own.</summary>
/// <param name="Kind">Which network: line, grid, rocketfuel, hierarchy.</param>
/// <param name="Size">Nodes of the line, the side of the grid, hosts below each edge node of the hierarchy.</param>
/// <param name="Flows">Consumers.</param>
/// <param name="Rate">Interests a second of each.</param>
/// <param name="Cache">Packets in each content store; 0 for none.</param>
/// <param name="Seconds">Virtual time.</param>
/// <param name="Partitions">Threads.</param>
/// <param name="WarmUps">Equal runs before the measured one, in the same process.</param>
internal sealed record RunSpec(
    string Kind, int Size, int Flows, int Rate, int Cache, int Seconds, int Partitions = 1, int WarmUps = 0)
{
    /// <summary>As an argument of the process that measures it.</summary>
    public string ToArgument() => JsonSerializer.Serialize(this, RunJson.Default.RunSpec);

    /// <summary>From that argument.</summary>
    public static RunSpec FromArgument(string argument) =>
        JsonSerializer.Deserialize(argument, RunJson.Default.RunSpec)
        ?? throw new ArgumentException("a run is a JSON object", nameof(argument));
}
