namespace Piccolo.Sim.Topologies;

/// <summary>How a link chooses the frames that it loses.</summary>
public enum LossKind
{
    /// <summary>Each frame by itself, with one probability.</summary>
    Bernoulli,

    /// <summary>In bursts: a two-state Markov chain with a probability of loss in each state.</summary>
    GilbertElliott,

    /// <summary>As a recorded trace says.</summary>
    Trace,
}
