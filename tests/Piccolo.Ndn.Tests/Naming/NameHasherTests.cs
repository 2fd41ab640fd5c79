using Piccolo.Ndn.Naming;

namespace Piccolo.Ndn.Tests.Naming;

public sealed class NameHasherTests
{
    // SipHash-1-3 with a key of zeros, as CPython computes hash(bytes) under PYTHONHASHSEED=0.
    [Theory]
    [InlineData("61", 0x407448d2b89b1813)]
    [InlineData("68656c6c6f20776f", 0x8e6404958af184cd)]
    [InlineData("080141080142", 0x537f71e9f73e2b70)]
    [InlineData(
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e",
        0x385d3e39e5f37359)]
    public void Hash_is_siphash_1_3(string hex, ulong expected) =>
        Assert.Equal(expected, new NameHasher(0, 0).Hash(Convert.FromHexString(hex)));

    [Fact]
    public void Prefix_hashes_are_those_of_the_prefixes_alone()
    {
        NameHasher hasher = new(0x0123456789abcdef, 0xfedcba9876543210);
        Properties.Hold(NameGenerator.ArbitraryNames, name =>
        {
            Span<ulong> hashes = stackalloc ulong[name.Count + 1];
            if (hasher.HashPrefixes(name.View, hashes) != name.Count + 1)
            {
                return false;
            }

            for (int i = 0; i <= name.Count; i++)
            {
                if (hashes[i] != hasher.Hash(name.Prefix(i).Value))
                {
                    return false;
                }
            }

            return true;
        });
    }

    [Fact]
    public void Room_for_fewer_hashes_gets_the_shortest_prefixes()
    {
        NameHasher hasher = new(1, 2);
        Name name = Name.Parse("/a/b/c");
        ulong[] all = new ulong[4];
        ulong[] some = new ulong[2];
        Assert.Equal(4, hasher.HashPrefixes(name.View, all));
        Assert.Equal(2, hasher.HashPrefixes(name.View, some));
        Assert.Equal(all[..2], some);
        Assert.Equal(0, hasher.HashPrefixes(name.View, []));
        Assert.Equal(4, hasher.HashPrefixes(name.View, new ulong[9]));
    }

    [Fact]
    public void Key_changes_every_hash()
    {
        Name name = Name.Parse("/a/b/c");
        Assert.NotEqual(new NameHasher(1, 0).Hash(name.Value), new NameHasher(0, 0).Hash(name.Value));
        Assert.NotEqual(new NameHasher(0, 1).Hash(name.Value), new NameHasher(0, 0).Hash(name.Value));
    }

    [Fact]
    public void Hashing_allocates_nothing()
    {
        NameHasher hasher = new(3, 4);
        Name name = Name.Parse("/example/of/a/name/v=12345678901/seg=70000");
        ulong[] hashes = new ulong[name.Count + 1];
        ulong sum = 0;
        Assert.Equal(0, Allocations.Of(() =>
        {
            hasher.HashPrefixes(name.View, hashes);
            sum += hasher.Hash(name.Value) ^ hashes[^1];
        }));
        Assert.Equal(0ul, sum);
    }
}
