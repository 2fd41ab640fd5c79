using Piccolo.Bench.Runs;
using Piccolo.Bench.Sim.Peer;

namespace Piccolo.Bench.Sim;

/// <summary>A run of ours and, if there is a peer, the same run of its.</summary>
/// <remarks>Of several the median by wall time: of the run, or of building where nothing runs.</remarks>
internal sealed class SidePair
{
    private readonly List<RunFigures> _ours;
    private readonly List<PeerFigures> _theirs;

    private SidePair(List<RunFigures> ours, List<PeerFigures> theirs)
    {
        _ours = ours;
        _theirs = theirs;
    }

    /// <summary>Ours.</summary>
    public RunFigures Ours => _ours[_ours.Count / 2];

    /// <summary>Theirs; null when the peer did not run.</summary>
    public PeerFigures? Theirs => _theirs.Count == 0 ? null : _theirs[_theirs.Count / 2];

    /// <summary>The least and the most wall time of ours, in seconds.</summary>
    public string OurRange => Range(_ours[0].WallSeconds, _ours[^1].WallSeconds);

    /// <summary>The least and the most wall time of theirs, in seconds.</summary>
    public string TheirRange => Range(_theirs[0].WallSeconds, _theirs[^1].WallSeconds);

    /// <summary>Runs ours once, or both sides by turns, so that a disturbance of the machine hits both.</summary>
    /// <param name="choices">With which peer, how often.</param>
    /// <param name="spec">What.</param>
    /// <param name="isWithPeer">Whether the peer is to run it if there is one.</param>
    public static SidePair Measure(SimChoices choices, RunSpec spec, bool isWithPeer)
    {
        var ours = new List<RunFigures>();
        var theirs = new List<PeerFigures>();
        NdnSimPeer? peer = isWithPeer ? choices.Peer : null;
        for (int turn = 0; turn < (peer is null ? 1 : choices.Turns); turn++)
        {
            ours.Add(choices.Program.Measure(spec));
            if (peer is not null)
            {
                theirs.Add(peer.Run(spec));
            }
        }

        bool isIdle = spec.Flows == 0;
        return new SidePair(
            [.. ours.OrderBy(run => isIdle ? run.BuildSeconds : run.WallSeconds)],
            [.. theirs.OrderBy(run => isIdle ? run.BuildSeconds : run.WallSeconds)]);
    }

    private static string Range(double least, double most) => $"{SimTables.Fixed(least, 3)} - {SimTables.Fixed(most, 3)}";
}
