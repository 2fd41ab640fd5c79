using Piccolo.Sim.Measuring;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Cli.Commands;

/// <summary>Links on the command line.</summary>
internal static class CaptureText
{
    /// <summary>Reads <c>A-B</c> or <c>A,B</c>; names may have a <c>-</c> themselves, so each is tried.</summary>
    /// <exception cref="ScenarioException">There is no such link.</exception>
    public static CaptureSettings Parse(Topology topology, string text)
    {
        for (int at = 1; at < text.Length - 1; at++)
        {
            if (text[at] is not ('-' or ','))
            {
                continue;
            }

            int a = topology.IndexOf(text[..at]);
            int b = topology.IndexOf(text[(at + 1)..]);
            if (a >= 0 && b >= 0 && topology.Links.Any(link => (link.A == a && link.B == b) || (link.A == b && link.B == a)))
            {
                return new CaptureSettings { A = topology.Nodes[a].Name, B = topology.Nodes[b].Name };
            }
        }

        throw new ScenarioException($"--pcap takes a link as A-B or A,B; the topology has no link '{text}'");
    }
}
