using System.Text.Json;
using Piccolo.Bench.Runs;

namespace Piccolo.Bench.Sim.Peer;

/// <summary>ndnSIM as a program: <c>bench/tools/ndnsim</c> says how to build it.</summary>
/// <param name="program">Its path.</param>
internal sealed class NdnSimPeer(string program)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { IgnoreReadOnlyProperties = true };

    /// <summary>Measures a run, from a scenario that stays in <c>out/bench/ndnsim</c> so that it can be repeated by hand.</summary>
    public PeerFigures Run(RunSpec spec)
    {
        string folder = Path.Combine(Processes.Root, "out", "bench", "ndnsim");
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, PeerScenario.Title(spec) + ".txt");
        File.WriteAllText(path, PeerScenario.Write(spec));
        string output = Processes.Run(Path.GetFullPath(program), "--scenario", path);
        return JsonSerializer.Deserialize<PeerFigures>(output, Json) ?? throw new InvalidOperationException($"ndnSIM printed {output}");
    }
}
