namespace Piccolo.Sim.Network;

/// <summary>What a queue does with a frame.</summary>
public enum QueueVerdict
{
    /// <summary>Lets it pass.</summary>
    Forward,

    /// <summary>Drops it.</summary>
    Drop,
}
