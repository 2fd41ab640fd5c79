using Piccolo.Client.Congestion;
using Piccolo.Ndn.Naming;
using Piccolo.Sim.Applications;
using Piccolo.Sim.Engine;
using Piccolo.Sim.Tests.Validation;

namespace Piccolo.Sim.Tests.Applications;

public class ConsumerTests
{
    private const long Millisecond = 1_000_000;
    private const long Second = 1_000_000_000;

    private static readonly Name Prefix = Name.Parse("/p");

    [Fact]
    public void Window_wider_than_the_catalogue_does_not_ask_for_ever()
    {
        Consumer consumer = Run(
            new ConsumerSettings
            {
                Prefix = Prefix,
                Popularity = new ZipfMandelbrot(3),
                Window = new CongestionWindowOptions { Initial = 10 },
                CountMax = 1000,
            },
            isAnswered: true);

        Assert.Equal(1000, consumer.RequestedCount);
        Assert.Equal(1000, consumer.ReceivedCount);
        Assert.Equal(0, consumer.OutstandingCount);
    }

    [Fact]
    public void Content_asked_for_again_while_it_is_awaited_is_no_retransmission_and_ends_with_the_first()
    {
        // The round trip is 40 ms; the one content is asked for every 1 ms.
        Consumer consumer = Run(
            new ConsumerSettings
            {
                Prefix = Prefix,
                Popularity = new ZipfMandelbrot(1),
                Gap = Distribution.Constant(Millisecond),
                CountMax = 30,
            },
            isAnswered: true);

        Assert.Equal((30, 30, 30), (consumer.RequestedCount, consumer.SentCount, consumer.ReceivedCount));
        Assert.Equal((0, 0), (consumer.FailedCount, consumer.OutstandingCount));
    }

    [Fact]
    public void Content_asked_for_often_still_gets_all_its_tries()
    {
        Consumer consumer = Run(
            new ConsumerSettings
            {
                Prefix = Prefix,
                Popularity = new ZipfMandelbrot(1),
                Gap = Distribution.Constant(Millisecond),
                CountMax = 30,
                RetransmissionsMax = 2,
            },
            isAnswered: false);

        Assert.Equal(30, consumer.FailedCount);
        Assert.Equal(2, consumer.RetransmittedCount);
        Assert.Equal(0, consumer.OutstandingCount);
    }

    [Fact]
    public void Window_goes_on_after_it_gave_a_content_up()
    {
        Consumer consumer = Run(
            new ConsumerSettings { Prefix = Prefix, Window = new CongestionWindowOptions(), RetransmissionsMax = 0, CountMax = 10 },
            isAnswered: false);

        Assert.Equal((10, 10, 10), (consumer.RequestedCount, consumer.SentCount, consumer.FailedCount));
    }

    [Fact]
    public void Impossible_consumers_are_refused()
    {
        var good = new ConsumerSettings { Prefix = Prefix, Gap = Distribution.Constant(1) };
        ConsumerSettings[] bad =
        [
            good with { CountMax = -1 },
            good with { FirstSequence = -1 },
            good with { RetransmissionsMax = -1 },
            good with { Gap = null },
            good with { Gap = null, Batches = [(-1, 1)] },
            good with { Gap = null, Batches = [(0, -1)] },
            good with { Window = new CongestionWindowOptions() },
        ];
        foreach (ConsumerSettings settings in bad)
        {
            Assert.Throws<ScenarioException>(() => new Consumer(settings));
        }
    }

    [Fact]
    public void Impossible_producers_are_refused()
    {
        var good = new ProducerSettings { Prefix = Prefix };
        Assert.Throws<ScenarioException>(() => new Producer(good with { PayloadOctets = -1 }));
        Assert.Throws<ScenarioException>(() => new Producer(good with { PayloadOctets = 8800 }));
        Assert.Throws<ScenarioException>(() => new Producer(good with { DelayNs = -1 }));
    }

    [Fact]
    public void Producer_leaves_alone_what_its_answer_would_be_too_long_for()
    {
        using SimNetwork network = Networks.Line(Networks.Uncached(1), Networks.Wire(Millisecond));
        Networks.RouteAlongLine(network, Name.Parse("/q"));
        var source = new PacketSource(Distribution.Constant(Millisecond), Distribution.Uniform(40, 8000), 200);
        var producer = new Producer(new ProducerSettings { Prefix = Name.Parse("/q"), PayloadOctets = 4000 });
        network.Nodes[0].Add(() => source);
        network.Nodes[1].Add(() => producer);
        network.RunUntil(Second);

        Assert.InRange(producer.AnsweredCount, 50, 150);
        Assert.Equal(200, producer.AnsweredCount + producer.UnanswerableCount);
    }

    private static Consumer Run(ConsumerSettings settings, bool isAnswered)
    {
        using SimNetwork network = Networks.Line(Networks.Uncached(1), Networks.Wire(20 * Millisecond));
        Networks.RouteAlongLine(network, Prefix);
        if (isAnswered)
        {
            network.Nodes[1].Add(() => new Producer(new ProducerSettings { Prefix = Prefix }));
        }

        var consumer = new Consumer(settings);
        network.Nodes[0].Add(() => consumer);
        network.RunUntil(600 * Second);
        return consumer;
    }
}
