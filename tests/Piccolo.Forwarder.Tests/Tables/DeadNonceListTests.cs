using Piccolo.Forwarder.Tables;
using Piccolo.Ndn;

namespace Piccolo.Forwarder.Tests.Tables;

public class DeadNonceListTests
{
    [Fact]
    public void DeadNonceList_agrees_with_a_dictionary_over_time()
    {
        IRandomSource random = new XoshiroRandomSource(5);
        var list = new DeadNonceList(1 << 16);
        Dictionary<(ulong, uint), long> model = [];
        long now = 0;
        for (int step = 0; step < 50_000; step++)
        {
            now += random.NextBelow(400_000);
            (ulong Hash, uint Nonce) key = (random.NextBelow(50), random.NextBelow(2000));
            if (random.NextBelow(2) == 0)
            {
                list.Add(key.Hash, key.Nonce, new Instant(now));
                model[key] = now;
            }

            bool expected = model.TryGetValue(key, out long at) && at + DeadNonceList.LifetimeNanoseconds > now;
            Assert.Equal(expected, list.Contains(key.Hash, key.Nonce, new Instant(now)));
        }

        Assert.Equal(0UL, list.EvictedEarly);
    }

    [Fact]
    public void DeadNonceList_full_forgets_the_oldest_and_counts()
    {
        var list = new DeadNonceList(16);
        for (uint nonce = 0; nonce < 20; nonce++)
        {
            list.Add(1, nonce, Instant.Zero);
        }

        Assert.Equal(16, list.Count);
        Assert.Equal(4UL, list.EvictedEarly);
        Assert.False(list.Contains(1, 3, Instant.Zero));
        Assert.True(list.Contains(1, 4, Instant.Zero));
    }
}
