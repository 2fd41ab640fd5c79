using Piccolo.Forwarder.Rib;
using Piccolo.Ndn;
using Piccolo.Ndn.Management;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Tests.Rib;

public sealed class RibModelTests
{
    private static readonly Name[] Names =
    [
        Name.Root, Name.Parse("/a"), Name.Parse("/b"), Name.Parse("/a/a"), Name.Parse("/a/b"), Name.Parse("/a/a/a"),
        Name.Parse("/a/a/b"), Name.Parse("/a/b/a/b"), Name.Parse("/b/a/a"), Name.Parse("/a/a/a/a/a"),
    ];

    [Fact]
    public void Rib_and_fib_equal_the_naive_model_after_each_of_many_random_operations()
    {
        for (ulong seed = 1; seed <= 60; seed++)
        {
            RunOperations(seed, operationCount: 250);
        }
    }

    private static void RunOperations(ulong seed, int operationCount)
    {
        IRandomSource random = new XoshiroRandomSource(seed);
        var fib = new RecordingFib();
        var rib = new RibTable(new RibOptions(), fib);
        var model = new NaiveRib();
        long nowMs = 0;
        for (int step = 0; step < operationCount; step++)
        {
            Name name = Names[random.NextBelow((uint)Names.Length)];
            ulong face = 256 + random.NextBelow(4);
            ulong origin = random.NextBelow(2) * 255;
            string what;
            switch (random.NextBelow(10))
            {
                case < 6:
                    ulong cost = random.NextBelow(5);
                    var flags = (RouteFlags)random.NextBelow(4);
                    Instant expiry = random.NextBelow(3) == 0
                        ? Instant.FromMilliseconds(nowMs + 1 + random.NextBelow(200))
                        : Instant.Never;
                    what = $"register {name} {face} {origin} {cost} {flags} {expiry}";
                    int countBefore = model.RouteCount;
                    model.Register(name, face, origin, cost, flags, expiry);
                    RibStatus expected = model.RouteCount > countBefore ? RibStatus.Added : RibStatus.Updated;
                    Assert.Equal(expected, rib.Register(name, new FaceId(face), origin, cost, flags, expiry));
                    break;
                case < 8:
                    what = $"unregister {name} {face} {origin}";
                    Assert.Equal(
                        model.Unregister(name, face, origin), rib.Unregister(name, new FaceId(face), origin));
                    break;
                case 8:
                    nowMs += random.NextBelow(100);
                    what = $"time {nowMs}";
                    Instant now = Instant.FromMilliseconds(nowMs);
                    Assert.Equal(model.Expire(now), rib.HandleTimeout(now, int.MaxValue));
                    Assert.True(rib.NextTimeout > now);
                    break;
                default:
                    what = $"remove face {face}";
                    Assert.Equal(model.RemoveFace(face), rib.RemoveFace(new FaceId(face)));
                    break;
            }

            string where = $"seed {seed} step {step}: {what}";
            Assert.True(model.FibText() == fib.Text(), $"{where}\nmodel {model.FibText()}\nfib   {fib.Text()}");
            Assert.True(model.RoutesText() == Text(rib), $"{where}\nmodel {model.RoutesText()}\nrib   {Text(rib)}");
            Assert.Equal(model.RouteCount, rib.RouteCount);
            Assert.Equal(rib.Entries.Count(), rib.EntryCount);
        }
    }

    private static string Text(RibTable rib) => string.Join(' ', rib.Entries.SelectMany(entry => entry.Routes.Select(
        route => $"{entry.Name}>{route.Face.Value}/{route.Origin}:{route.Cost}:{route.Flags}:{route.ExpiresAt}")));
}
