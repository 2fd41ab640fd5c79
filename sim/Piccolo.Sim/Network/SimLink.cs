using Piccolo.Sim.Nodes;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Network;

/// <summary>A point-to-point link of a running network.</summary>
public sealed class SimLink
{
    internal SimLink(int index, SimNetwork network, SimNode a, SimNode b, LinkSettings settings)
    {
        Index = index;
        Settings = settings;
        A = a;
        B = b;
        AtoB = new LinkDirection(this, 2 * index, network, a, b);
        BtoA = new LinkDirection(this, (2 * index) + 1, network, b, a);
    }

    /// <summary>Its number in the topology.</summary>
    public int Index { get; }

    /// <summary>What it is like.</summary>
    public LinkSettings Settings { get; }

    /// <summary>One end.</summary>
    public SimNode A { get; }

    /// <summary>The other end.</summary>
    public SimNode B { get; }

    /// <summary>From <see cref="A"/> to <see cref="B"/>.</summary>
    public LinkDirection AtoB { get; }

    /// <summary>From <see cref="B"/> to <see cref="A"/>.</summary>
    public LinkDirection BtoA { get; }

    /// <summary>Whether it carries frames.</summary>
    public bool IsUp => AtoB.IsUp;

    /// <summary>Cuts the link or mends it; only from a control event. What was on its way on a cut link is lost.</summary>
    public void SetUp(bool isUp)
    {
        A.Network.RefuseInEvents("cutting or mending a link");
        AtoB.SetUp(isUp);
        BtoA.SetUp(isUp);
    }
}
