using Piccolo.Forwarder.Tables;
using Piccolo.Ndn;

namespace Piccolo.Forwarder.Tests.Tables;

public class OctetSlabTests
{
    [Theory]
    [InlineData(11UL)]
    [InlineData(12UL)]
    public void OctetSlab_keeps_every_run_apart(ulong seed)
    {
        IRandomSource random = new XoshiroRandomSource(seed);
        var slab = new OctetSlab(1 << 20, 16384);
        List<(uint Handle, byte[] Octets)> held = [];
        int refused = 0;
        for (int step = 0; step < 20_000; step++)
        {
            if (random.NextBelow(5) < 3)
            {
                byte[] octets = new byte[random.NextBelow(random.NextBelow(2) == 0 ? 200u : 8864u) + 1];
                random.Fill(octets);
                if (slab.TryStore(octets, out uint handle))
                {
                    Assert.NotEqual(0u, handle);
                    held.Add((handle, octets));
                }
                else
                {
                    refused++;
                }
            }
            else if (held.Count > 0)
            {
                int index = (int)random.NextBelow((uint)held.Count);
                Assert.True(slab.Span(held[index].Handle, held[index].Octets.Length).SequenceEqual(held[index].Octets));
                slab.Free(held[index].Handle);
                held.RemoveAt(index);
            }
        }

        Assert.True(refused > 0);
        Assert.Equal(held.Count, slab.UsedBlocks);
        Assert.True(slab.ReservedOctets <= 1 << 20);
        foreach ((uint handle, byte[] octets) in held)
        {
            Assert.True(slab.Span(handle, octets.Length).SequenceEqual(octets));
            slab.Free(handle);
        }

        Assert.Equal((0, 0L), (slab.UsedBlocks, slab.UsedOctets));
    }

    [Fact]
    public void OctetSlab_pages_of_one_size_serve_another_when_free()
    {
        var slab = new OctetSlab(4 * 16384, 16384);
        foreach (int size in new[] { 40, 8000, 300, 2000, 40 })
        {
            List<uint> handles = [];
            while (slab.TryAllocate(size, out uint handle))
            {
                handles.Add(handle);
            }

            Assert.True(handles.Count >= 4 * (16384 / 8864), $"{size}");
            Assert.True(handles.Count * (long)size > 4 * 16384 / 3, $"{size}");
            handles.ForEach(slab.Free);
        }
    }

    [Fact]
    public void OctetSlab_run_over_the_largest_block_is_refused()
    {
        var slab = new OctetSlab(1 << 20, 65536);

        Assert.True(slab.TryAllocate(OctetSlab.MaxOctets, out _));
        Assert.False(slab.TryAllocate(OctetSlab.MaxOctets + 1, out _));
    }
}
