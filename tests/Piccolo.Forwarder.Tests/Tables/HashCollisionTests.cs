using Piccolo.Forwarder.Tables;
using Piccolo.Forwarder.Tests.Support;
using Piccolo.Ndn;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Tests.Tables;

/// <summary>Every name gets the same hash here: answers must still be right.</summary>
public class HashCollisionTests
{
    private const ulong SameHash = 42;

    private static readonly Name[] Names = [.. Enumerable.Range(0, 50).Select(i => Name.Parse($"/n/{i}"))];

    [Fact]
    public void PrefixTable_with_equal_hashes_tells_names_apart()
    {
        var table = new PrefixTable(100, new OctetSlab(1 << 20, 16384));
        for (int index = 0; index < Names.Length; index++)
        {
            table.Add(Names[index].Value, SameHash, 2, index);
        }

        for (int index = 0; index < Names.Length; index++)
        {
            Assert.Equal(index, table.Value(table.Find(Names[index].Value, SameHash)));
            ulong[] hashes = [SameHash, SameHash, SameHash, SameHash];
            Assert.Equal(index, table.Value(table.FindLongest(Names[index].Append("x").Value, hashes)));
        }

        Assert.Equal(-1, table.Find(Name.Parse("/n/none").Value, SameHash));
        Assert.Equal(-1, table.FindLongest(Name.Parse("/other").Value, [SameHash, SameHash]));
    }

    [Fact]
    public void Pit_with_equal_hashes_tells_names_apart()
    {
        var pit = new Pit(100, 100, 1 << 20, 16384);
        List<int> entries = [];
        foreach (Name name in Names)
        {
            entries.Add(Insert(pit, name));
        }

        for (int index = 0; index < Names.Length; index++)
        {
            Assert.Equal(entries[index], pit.Find(Names[index].Value, SameHash, PitFlags.None));
            Assert.Equal(-1, pit.Find(Names[index].Value, SameHash, PitFlags.MustBeFresh));
        }

        for (int index = 0; index < Names.Length; index += 2)
        {
            pit.Remove(entries[index]);
        }

        for (int index = 0; index < Names.Length; index++)
        {
            int expected = index % 2 == 0 ? -1 : entries[index];
            Assert.Equal(expected, pit.Find(Names[index].Value, SameHash, PitFlags.None));
        }
    }

    [Fact]
    public void ContentStore_with_equal_hashes_tells_names_apart()
    {
        var store = new ContentStore(100, 1 << 20, 16384);
        foreach (Name name in Names)
        {
            byte[] packet = Wire.Data(name, 0, name.Value.ToArray());
            store.Insert(packet, packet.AsSpan(packet.AsSpan().IndexOf(name.Value), name.Value.Length), SameHash, 0, Instant.Zero);
        }

        foreach (Name name in Names)
        {
            int found = store.Find(name.Value, SameHash, PitFlags.None, Instant.Zero);
            Assert.Equal(Wire.Data(name, 0, name.Value.ToArray()), store.Packet(found).ToArray());
        }

        Assert.Equal(-1, store.Find(Name.Parse("/n/none").Value, SameHash, PitFlags.None, Instant.Zero));
    }

    private static int Insert(Pit pit, Name name)
    {
        byte[] packet = Wire.Interest(name, 1);
        var stored = new StoredInterest
        {
            Packet = packet,
            NameOffset = packet.AsSpan().IndexOf(name.Value),
            NameLength = name.Value.Length,
            NonceOffset = packet.Length - 4,
        };
        return pit.Insert(stored, SameHash, name.Count, PitFlags.None);
    }
}
