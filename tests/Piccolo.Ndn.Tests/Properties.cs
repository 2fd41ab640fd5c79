using FsCheck;
using FsCheck.Fluent;

namespace Piccolo.Ndn.Tests;

/// <summary>Runs FsCheck properties from a fixed seed, so that a failure repeats.</summary>
internal static class Properties
{
    private const ulong Seed = 20_240_611;
    private const ulong Gamma = 17;

    internal static void Hold<T>(Arbitrary<T> inputs, Func<T, bool> property, int runs = 500) =>
        Prop.ForAll(inputs, property)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(runs).WithReplay(Seed, Gamma).WithQuietOnSuccess(true));

    /// <summary>Random octets; drawn from a seed, because a generator for each octet is slow.</summary>
    internal static Gen<byte[]> Octets(int lengthMax) =>
        from length in Gen.Choose(0, lengthMax)
        from octets in OctetsOf(length)
        select octets;

    /// <summary>Exactly so many random octets.</summary>
    internal static Gen<byte[]> OctetsOf(int length) =>
        from seed in Gen.Choose(0, int.MaxValue)
        select Draw(length, seed);

    private static byte[] Draw(int length, int seed)
    {
        byte[] octets = new byte[length];
        IRandomSource random = new XoshiroRandomSource((ulong)seed);
        random.Fill(octets);
        return octets;
    }
}
