using Piccolo.Ndn.Naming;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Network;
using Piccolo.Sim.Nodes;
using Piccolo.Sim.Tests.Validation;
using Piccolo.Sim.Topologies;

namespace Piccolo.Sim.Tests.Network;

public class LinkDirectionTests
{
    private const long Millisecond = 1_000_000;
    private const long Second = 1_000_000_000;

    /// <summary>1,000 octets take 1 ms.</summary>
    private static readonly LinkSettings EightMegabits = new() { RateBps = 8_000_000, DelayNs = 10 * Millisecond };

    [Fact]
    public void Frame_arrives_after_its_transmission_and_the_delay()
    {
        using SimNetwork network = Network(EightMegabits, gapNs: Second, octets: 1000, count: 1, out PacketSource source);
        var sink = new PacketSink(source, 0);
        network.Nodes[1].Add(() => sink);
        network.RunUntil(Second / 2);

        long octets = network.Links[0].AtoB.Counters.SentOctets;
        Assert.Equal(1, sink.Count);
        Assert.Equal((octets * 1000) + (10 * Millisecond), sink.TotalNs);
    }

    [Theory]
    [InlineData(QueueKind.DropTail)]
    [InlineData(QueueKind.Red)]
    [InlineData(QueueKind.CoDel)]
    public void Cut_link_loses_what_waits_and_what_travels_and_begins_anew(QueueKind kind)
    {
        LinkSettings settings = EightMegabits with { Queue = new QueueSettings { Kind = kind } };
        using SimNetwork network = Network(settings, gapNs: 500_000, octets: 1000, count: 60, out _);
        LinkDirection direction = network.Links[0].AtoB;
        network.At(20 * Millisecond + 1, () => network.Links[0].SetUp(false));
        network.At(25 * Millisecond + 1, () => network.Links[0].SetUp(true));
        network.RunUntil(20 * Millisecond + 2);
        LinkDirectionCounters cut = direction.Counters;
        Assert.InRange(cut.Delivered, 8, 12);
        Assert.Equal((0, cut.Sent - cut.Delivered), (cut.Queued, cut.DroppedDown));
        Assert.Equal((0, 0L), direction.QueueAt(network.NowNs));

        network.RunUntil(25 * Millisecond + 2);
        network.RunUntil(Second);

        LinkDirectionCounters end = direction.Counters;
        Assert.Equal(60, end.Sent);
        Assert.Equal(0, end.Queued);
        Assert.Equal(0, end.DroppedQueue);

        // Of 60 frames, those after the link came back arrive, and no other.
        Assert.Equal(60, end.Delivered + end.DroppedDown);
        Assert.InRange(end.Delivered, cut.Delivered + 9, cut.Delivered + 10);
    }

    [Theory]
    [InlineData(QueueKind.DropTail)]
    [InlineData(QueueKind.Red)]
    [InlineData(QueueKind.CoDel)]
    public void Crashed_node_sends_nothing_more_and_what_had_left_it_arrives(QueueKind kind)
    {
        LinkSettings settings = EightMegabits with { Queue = new QueueSettings { Kind = kind } };
        using SimNetwork network = Network(settings, gapNs: 500_000, octets: 1000, count: 60, out _);
        LinkDirection direction = network.Links[0].AtoB;
        long frameNs = 0;
        network.At(15 * Millisecond, () => frameNs = direction.Counters.SentOctets / direction.Counters.Sent * 1000);
        network.At(20 * Millisecond, network.Nodes[0].Crash);
        network.RunUntil(20 * Millisecond);

        // Of 40 frames handed over, one each millisecond or so has left; those that had 10 ms to travel are there.
        long left = 20 * Millisecond / frameNs;
        LinkDirectionCounters crash = direction.Counters;
        Assert.Equal((40, left, 40 - left), (crash.Sent, crash.Delivered + crash.Queued, crash.DroppedDown));
        Assert.InRange(crash.Delivered, 9, 10);
        Assert.Equal((0, 0L), direction.QueueAt(network.NowNs));
        Assert.Equal(20 * Millisecond, crash.BusyNs);

        // Of what the next life sends nothing is taken for what the last one left behind, or the other way round.
        network.At(21 * Millisecond, () => network.Nodes[0].Restart(RestartState.DiskAndTables));
        network.At(21 * Millisecond + 1, () => direction.Send(new byte[1000]));
        network.At(21 * Millisecond + 2, network.Nodes[0].Crash);
        network.RunUntil(Second);
        LinkDirectionCounters end = direction.Counters;
        Assert.Equal((0, left, end.Sent - left), (end.Queued, end.Delivered, end.DroppedDown));
    }

    [Fact]
    public void Every_frame_is_accounted_for_when_all_faults_meet_crashes_of_both_ends()
    {
        foreach (QueueKind kind in new[] { QueueKind.DropTail, QueueKind.CoDel })
        {
            LinkSettings settings = EightMegabits with
            {
                Queue = new QueueSettings { Kind = kind, CapacityPackets = 20 },
                Faults = new FaultSettings
                {
                    Loss = LossSettings.Bernoulli(0.2),
                    DuplicationRate = 0.3,
                    ReorderRate = 0.3,
                    ReorderDelayNs = 20 * Millisecond,
                },
            };
            using SimNetwork network = Networks.Line(Networks.Uncached(7), settings);
            LinkDirection direction = network.Links[0].AtoB;
            for (int i = 0; i < 4000; i++)
            {
                network.At(i * 700_000L, () =>
                {
                    if (network.Nodes[0].IsUp)
                    {
                        direction.Send(new byte[1000]);
                    }
                });
            }

            // Lives of the sender are shorter than the way, so that frames of several are on it at once.
            for (int i = 1; i < 200; i++)
            {
                SimNode node = network.Nodes[i % 10 == 0 ? 1 : 0];
                network.At(i * 13 * Millisecond, node.Crash);
                network.At((i * 13 + 4) * Millisecond, () => node.Restart());
            }

            network.Every(Millisecond / 2, () =>
            {
                network.CheckConservation();
                Assert.True(direction.Counters.Queued <= 150, direction.Counters.ToString());
            });
            network.RunUntil(10 * Second);
            Assert.Equal(0, direction.Counters.Queued);
            Assert.InRange(direction.Counters.DroppedDown, 1000, 2500);
            Assert.InRange(direction.Counters.Delivered, 1000, 3000);
        }
    }

    [Theory]
    [InlineData(QueueKind.Red, true)]
    [InlineData(QueueKind.Red, false)]
    [InlineData(QueueKind.CoDel, true)]
    [InlineData(QueueKind.CoDel, false)]
    public void Queue_that_a_fault_emptied_decides_as_a_new_one(QueueKind kind, bool isCut)
    {
        LinkSettings settings = EightMegabits with
        {
            Queue = new QueueSettings
            {
                Kind = kind,
                CapacityPackets = 1000,
                RedWeight = 0.01,
                RedGentle = false,
                CoDelMinOctets = 1,
            },
        };
        using SimNetwork network = Networks.Line(Networks.Uncached(7), settings);
        LinkDirection direction = network.Links[0].AtoB;
        // While it is full: RED's average decays where nothing waits.
        bool isRed = kind == QueueKind.Red;
        long faultNs = (isRed ? 40 : 350) * Millisecond;
        Burst(0, 400);
        network.At(faultNs, () =>
        {
            if (isCut)
            {
                network.Links[0].SetUp(false);
                network.Links[0].SetUp(true);
            }
            else
            {
                network.Nodes[0].Crash();
                network.Nodes[0].Restart();
            }
        });
        network.RunUntil(faultNs);
        long before = direction.Counters.DroppedQueue;
        Assert.InRange(before, 3, 399);

        // CoDel, without chance, does to the second burst what it did to the first. RED without a past drops nothing of a short one.
        Burst(faultNs + 1, isRed ? 12 : 400);
        network.RunUntil((2 * faultNs) + 1);
        Assert.Equal(isRed ? before : 2 * before, direction.Counters.DroppedQueue);

        void Burst(long timeNs, int count) => network.At(timeNs, () =>
        {
            for (int i = 0; i < count; i++)
            {
                direction.Send(new byte[1000]);
            }
        });
    }

    [Theory]
    [InlineData(QueueKind.DropTail)]
    [InlineData(QueueKind.CoDel)]
    public void Transmitter_was_busy_for_what_it_sent_and_no_longer(QueueKind kind)
    {
        LinkSettings settings = EightMegabits with { Queue = new QueueSettings { Kind = kind } };
        using SimNetwork network = Network(settings, gapNs: 100_000, octets: 1000, count: 40, out _);
        LinkDirection direction = network.Links[0].AtoB;
        network.RunUntil(10 * Millisecond);
        Assert.Equal(10 * Millisecond, direction.Counters.BusyNs);

        network.At(20 * Millisecond, () => network.Links[0].SetUp(false));
        network.RunUntil(Second);
        Assert.Equal(20 * Millisecond, direction.Counters.BusyNs);
    }

    [Fact]
    public void Every_frame_is_accounted_for_when_all_faults_meet_cuts()
    {
        LinkSettings settings = EightMegabits with
        {
            Queue = new QueueSettings { CapacityPackets = 5 },
            Faults = new FaultSettings
            {
                Loss = LossSettings.Bernoulli(0.1),
                CorruptionRate = 0.2,
                DuplicationRate = 0.2,
                ReorderRate = 0.3,
                ReorderDelayNs = 3 * Millisecond,
            },
        };
        using SimNetwork network = Network(settings, gapNs: 900_000, octets: 1000, count: 2000, out _);
        for (int i = 1; i < 10; i++)
        {
            int cut = i;
            network.At(i * 150 * Millisecond, () => network.Links[0].SetUp(cut % 2 == 0));
        }

        network.Every(Millisecond, network.CheckConservation);
        network.RunUntil(10 * Second);

        LinkDirectionCounters counters = network.Links[0].AtoB.Counters;
        Assert.Equal(0, counters.Queued);
        Assert.All(
            new[] { counters.DroppedQueue, counters.DroppedDown, counters.DroppedLoss, counters.Corrupted, counters.Duplicated },
            count => Assert.True(count > 10, counters.ToString()));
        Assert.True(counters.Corrupted <= counters.Delivered);
    }

    [Fact]
    public void Corrupted_frames_are_those_that_arrived_with_a_flaw_copies_included()
    {
        LinkSettings settings = Networks.Wire(Millisecond) with
        {
            Faults = new FaultSettings { CorruptionRate = 1, DuplicationRate = 1 },
        };
        using SimNetwork network = Network(settings, gapNs: Millisecond, octets: 100, count: 10, out _);
        network.RunUntil(Second);

        LinkDirectionCounters counters = network.Links[0].AtoB.Counters;
        Assert.Equal(20, counters.Delivered);
        Assert.Equal(20, counters.Corrupted);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(long.MaxValue, 0)]
    [InlineData(0, -1)]
    public void Impossible_link_is_refused_before_the_run(long delayNs, long rateBps)
    {
        ScenarioException error = Assert.Throws<ScenarioException>(
            () => Networks.Line(new SimOptions(), new LinkSettings { DelayNs = delayNs, RateBps = rateBps }));
        Assert.Contains("N0 - N1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Slowest_link_with_the_longest_queue_never_sends_into_the_past()
    {
        const int Lost = 20_000;
        var settings = new LinkSettings
        {
            RateBps = 1,
            DelayNs = Millisecond,
            Queue = new QueueSettings { CapacityPackets = int.MaxValue },
            Faults = new FaultSettings { Loss = LossSettings.FromTrace(LossTrace.OfFrames(Enumerable.Repeat(true, Lost), repeats: false)) },
        };
        using SimNetwork network = Networks.Line(new SimOptions(), settings);
        LinkDirection direction = network.Links[0].AtoB;
        for (int i = 0; i < Lost; i++)
        {
            // In sum these would take 330 years, more than there are.
            direction.Send(new byte[65_000]);
        }

        direction.Send(new byte[100]);
        network.RunUntil(Second);

        Assert.Equal((Lost, 0, 1), (direction.Counters.DroppedLoss, direction.Counters.Delivered, direction.Counters.Queued));
        Assert.Equal(Second, direction.Counters.BusyNs);
    }

    private static SimNetwork Network(LinkSettings settings, long gapNs, int octets, int count, out PacketSource source)
    {
        SimNetwork network = Networks.Line(Networks.Uncached(7), settings);
        Networks.RouteAlongLine(network, Name.Parse("/q"));
        var made = new PacketSource(Distribution.Constant(gapNs), Distribution.Constant(octets), count);
        network.Nodes[0].Add(() => made);
        source = made;
        return network;
    }
}
