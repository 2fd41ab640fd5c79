using Piccolo.Ndn;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Network;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Network;

public class CoDelQueueTests
{
    private static readonly QueueSettings Settings = new() { Kind = QueueKind.CoDel, CapacityPackets = 1_000_000 };

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 110)]
    [InlineData(3, 150)]
    [InlineData(4, 95)]
    [InlineData(5, 400)]
    public void Discipline_drops_and_sends_what_the_pseudo_code_does(ulong seed, int loadPercent)
    {
        QueueDiscipline discipline = QueueDiscipline.Create(Settings, 10_000_000);
        var twin = new NaiveCoDel(Settings.CoDelTargetNs, Settings.CoDelIntervalNs, Settings.CoDelMinOctets);
        IRandomSource random = new RandomStreams(seed).For("test.codel");
        var ours = new Queue<(int Id, long Stamp, int Octets)>();
        long ourOctets = 0;
        long arrival = 0, departure = 0;
        List<int> dropped = [], sent = [], twinSent = [];
        for (int id = 0; id < 60_000; id++)
        {
            int octets = 100 + (int)random.NextBelow(1900);
            bool isBurst = id / 3000 % 2 == 1;
            arrival += random.NextBelow((uint)(2 * 880_000L * 100 / (isBurst ? loadPercent : 60)));
            while (departure <= arrival && ours.Count > 0)
            {
                (int Id, long Stamp, int Octets) head;
                QueueVerdict verdict;
                do
                {
                    head = ours.Dequeue();
                    ourOctets -= head.Octets;
                    verdict = discipline.OnDeparture(departure, departure - head.Stamp, ours.Count, ourOctets);
                    (verdict == QueueVerdict.Drop ? dropped : sent).Add(head.Id);
                }
                while (verdict == QueueVerdict.Drop && ours.Count > 0);
                twinSent.Add(twin.Dequeue(departure)!.Value.Id);
                departure += head.Octets * 800L;
            }

            departure = Math.Max(departure, arrival);
            Assert.Equal(QueueVerdict.Forward, discipline.OnArrival(arrival, ours.Count, ourOctets, octets, random));
            ours.Enqueue((id, arrival, octets));
            ourOctets += octets;
            twin.Enqueue(id, arrival, octets);
        }

        Assert.Equal(twin.Dropped, dropped);
        Assert.Equal(twinSent, sent);
        Assert.True(loadPercent <= 100 || dropped.Count > 20, $"{dropped.Count} drops");
    }

    [Fact]
    public void Spacing_is_the_interval_over_the_root_rounded_down()
    {
        Assert.Equal(100_000_000, CoDelQueue.Spacing(100_000_000, 1));
        Assert.Equal(70_710_678, CoDelQueue.Spacing(100_000_000, 2));
        Assert.Equal(50_000_000, CoDelQueue.Spacing(100_000_000, 4));
        Assert.Equal(0, CoDelQueue.Spacing(2, 5));
        for (uint count = 1; count < 100_000; count += 37)
        {
            foreach (long interval in new[] { 7L, 100_000_000, 1_000_000_000_000 })
            {
                UInt128 spacing = (UInt128)CoDelQueue.Spacing(interval, count);
                Assert.True(spacing * spacing * count <= (UInt128)interval * (UInt128)interval);
                Assert.True((spacing + 1) * (spacing + 1) * count > (UInt128)interval * (UInt128)interval);
            }
        }
    }

    [Fact]
    public void Full_queue_drops_arrivals()
    {
        QueueDiscipline discipline = QueueDiscipline.Create(Settings with { CapacityPackets = 3 }, 0);
        Assert.True(discipline.DecidesAtDeparture);
        Assert.Equal(QueueVerdict.Drop, discipline.OnArrival(0, 3, 300, 100, new XoshiroRandomSource(1)));
    }
}
