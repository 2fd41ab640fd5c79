using Piccolo.Ndn;

namespace Piccolo.Sim.Engine;

/// <summary>Makes independent streams of randomness from the one seed of a run.</summary>
/// <remarks>
/// A stream depends on the seed, the component's name and its index and on nothing else: a component that draws once more, or a
/// component more, shifts nothing anywhere else. Same seed, same numbers, on every machine.
/// </remarks>
public sealed class RandomStreams
{
    /// <summary>Streams of a run.</summary>
    /// <param name="seed">The run's seed.</param>
    public RandomStreams(ulong seed) => Seed = seed;

    /// <summary>The run's seed.</summary>
    public ulong Seed { get; }

    /// <summary>The stream of one component; each call gives it from its beginning.</summary>
    /// <param name="component">What it is for, for example <c>link.loss</c>.</param>
    /// <param name="index">Which of the components of that name.</param>
    public IRandomSource For(string component, long index = 0)
    {
        ArgumentNullException.ThrowIfNull(component);
        ulong state = Mix(Seed ^ 0x9E3779B97F4A7C15);
        foreach (char letter in component)
        {
            state = Mix(state ^ letter);
        }

        return new XoshiroRandomSource(Mix(state ^ Mix((ulong)index + 0xD1B54A32D192ED03)));
    }

    /// <summary>SplitMix64's output function.</summary>
    internal static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
