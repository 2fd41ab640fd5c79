using System.Globalization;
using System.Security.Cryptography;
using Piccolo.Forwarder.Strategies;
using Piccolo.Forwarder.Tests.Support;
using Piccolo.Ndn;
using Piccolo.Ndn.Link;
using Piccolo.Ndn.Naming;

namespace Piccolo.Forwarder.Tests.Model;

/// <summary>Random operations on the forwarder and on its naive twin; after each step both have sent and hold the same.</summary>
public class ModelTests
{
    private const int CacheCapacity = 9;

    private static readonly string[] Names =
        ["/a", "/a/b", "/a/b/c", "/a/bb", "/b", "/b/a", "/b/a/seg=1", "/c", "/localhost/x", "/localhop/x", "/localhop/y/z"];

    private static readonly string[] Prefixes = ["/", "/a", "/a/b", "/b", "/b/a", "/localhost", "/localhop", "/hint"];

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    [InlineData(4UL)]
    [InlineData(5UL)]
    [InlineData(6UL)]
    public void Forwarder_agrees_with_the_naive_twin_at_each_step(ulong seed) => new Run(seed).Steps(2500);

    private sealed class Run
    {
        private readonly IRandomSource _random;
        private readonly ulong _seed;
        private readonly TestNode _node;
        private readonly NaiveForwarder _twin = new(CacheCapacity);
        private List<Sent> _sent = [];

        public Run(ulong seed)
        {
            _seed = seed;
            _random = new XoshiroRandomSource(seed);
            _node = new TestNode(new ForwarderOptions
            {
                ContentStoreCapacity = CacheCapacity,
                PageOctets = 16384,
                IsContentStoreOrderedOnDemand = seed % 2 == 0,
            });
            for (int index = 0; index < 6; index++)
            {
                AddFace();
            }
        }

        private long Now => _node.Now.Milliseconds;

        public void Steps(int count)
        {
            for (int step = 0; step < count; step++)
            {
                string what = Step();
                _sent.AddRange(_node.Take());
                string where = $"seed {_seed} step {step}: {what}";
                Assert.True(Text(_sent).SequenceEqual(_twin.TakeSent(), StringComparer.Ordinal), Explain(where));
                Assert.True(_twin.Pit.Count == _node.Core.PitEntryCount, where);
                Assert.True(_twin.Pit.Sum(p => p.In.Count + p.Out.Count) == _node.Core.PitRecordCount, where);
                Assert.True(_twin.CacheCount == _node.Core.ContentStoreEntryCount, where);
                Assert.True(_node.Core.ContentStoreEntryCount <= CacheCapacity, where);
                _sent = [];
            }

            Drain();
        }

        private static List<string> Text(List<Sent> sent) =>
            [.. sent.Select(s => $"{s.Face} {s.Kind} {s.Name} {Detail(s)}".TrimEnd()).Order(StringComparer.Ordinal)];

        private static string Detail(Sent sent) => sent.Kind switch
        {
            'I' => $"{sent.Nonce} {sent.HopLimit?.ToString(CultureInfo.InvariantCulture) ?? "-"}",
            'D' => $"{Convert.ToHexStringLower(SHA256.HashData(sent.Packet))} {sent.Token}",
            _ => $"{sent.Nonce} {sent.Headers.NackReason} {sent.Token}",
        };

        private string Explain(string where) => where + "\n real: " + string.Join("; ", Text(_sent));

        private string Step() => _random.NextBelow(100) switch
        {
            < 40 => Interest(),
            < 62 => Data(),
            < 72 => Nack(),
            < 85 => Advance(),
            < 91 => AddHop(),
            < 94 => RemoveHop(),
            < 95 => ReplaceFace(),
            < 98 => SetStrategy(),
            _ => Erase(),
        };

        private string Interest()
        {
            NaiveFace face = Pick(_twin.Faces);
            Name name = Name.Parse(Pick(Names));
            if (Chance(10))
            {
                name = name.Append(NameComponent.ImplicitDigest(SHA256.HashData(DataOf(name).Packet)));
            }

            byte? hopLimit = Chance(30) ? (byte)_random.NextBelow(4) : null;
            string[] hint = Chance(10) ? ["/hint/x", Pick(Prefixes) + "/y"] : [];
            hint = [.. hint.Select(h => h.Replace("//", "/", StringComparison.Ordinal))];
            string token = Chance(50) ? new string("0123456789abcdef"[(int)_random.NextBelow(16)], Chance(20) ? 64 : 6) : "";
            var interest = new NaiveInterest(
                name, Chance(40), Chance(30), _random.NextBelow(40), LifetimeMs(), hopLimit, hint, token);
            byte[] packet = Wire.Interest(
                name, interest.Nonce, interest.CanBePrefix, interest.MustBeFresh, (ulong)interest.LifetimeMs, hopLimit,
                hint.Length == 0 ? null : hint);
            _sent = _node.Receive(face.Id, packet, token.Length == 0 ? null : token);
            _twin.Interest(face, interest, Now);
            return $"Interest {face.Id} {interest}";
        }

        private string Data()
        {
            NaiveFace face = Pick(_twin.Faces);
            NaiveData data = DataOf(Name.Parse(Pick(Names)));
            _sent = _node.Receive(face.Id, data.Packet);
            _twin.Data(face, data, Now);
            return $"Data {face.Id} {data.Name} {data.FreshnessMs}";
        }

        private string Nack()
        {
            if (_twin.Pit.Count == 0)
            {
                return "nothing";
            }

            NaivePending pending = Pick(_twin.Pit);
            NaiveOut? record = pending.Out.Count > 0 && !Chance(10) ? Pick(pending.Out) : null;
            NaiveFace face = record?.Face ?? Pick(_twin.Faces);
            uint nonce = record?.Nonce ?? _random.NextBelow(40);
            NackReason reason = Pick([NackReason.None, NackReason.Congestion, NackReason.Duplicate, NackReason.NoRoute]);
            var interest = new NaiveInterest(
                pending.Name, pending.CanBePrefix, pending.MustBeFresh, nonce, 4000, null, [], "");
            byte[] packet = Wire.Interest(pending.Name, nonce, pending.CanBePrefix, pending.MustBeFresh);
            _sent = _node.ReceiveNack(face.Id, packet, reason);
            _twin.Nack(face, interest, reason, Now);
            return $"Nack {face.Id} {pending.Name} {reason}";
        }

        private string Advance()
        {
            long milliseconds = _random.NextBelow(Pick<uint>([3, 20, 300, 3000]));
            _twin.Advance(Now, Now + milliseconds);
            _sent = _node.Advance(milliseconds);
            return $"Advance {milliseconds}";
        }

        private string AddHop()
        {
            Name prefix = Name.Parse(Pick(Prefixes));
            NaiveFace face = Pick(_twin.Faces);
            ulong cost = _random.NextBelow(4);
            Assert.True(_node.Core.AddNextHop(prefix, face.Id, cost, _node.Now));
            _twin.AddHop(prefix, face, cost, Now);
            return $"AddHop {prefix} {face.Id} {cost}";
        }

        private string RemoveHop()
        {
            Name prefix = Name.Parse(Pick(Prefixes));
            NaiveFace face = Pick(_twin.Faces);
            _node.Core.RemoveNextHop(prefix, face.Id);
            _twin.RemoveHop(prefix, face);
            return $"RemoveHop {prefix} {face.Id}";
        }

        private string ReplaceFace()
        {
            NaiveFace face = Pick(_twin.Faces);
            _node.Core.RemoveFace(face.Id, _node.Now);
            _twin.RemoveFace(face);
            AddFace();
            return $"ReplaceFace {face.Id}";
        }

        private string SetStrategy()
        {
            Name prefix = Name.Parse(Pick(Prefixes));
            bool isMulticast = Chance(50);
            _node.Core.SetStrategy(prefix, isMulticast ? StrategyRegistry.Multicast : StrategyRegistry.BestRoute);
            _twin.MulticastPrefixes[prefix] = isMulticast;
            return $"SetStrategy {prefix} {isMulticast}";
        }

        private string Erase()
        {
            Name prefix = Name.Parse(Pick(Prefixes));
            int count = (int)_random.NextBelow(4);
            Assert.Equal(_twin.Erase(prefix, count), _node.Core.EraseContent(prefix, count));
            return $"Erase {prefix} {count}";
        }

        private void Drain()
        {
            _node.Advance(10_000);
            Assert.Equal((0, 0), (_node.Core.PitEntryCount, _node.Core.PitRecordCount));
            Assert.Equal(0, _node.Core.MemoryReport.PitOctets);
            Assert.Equal(Instant.Never, _node.Core.NextTimeout);
            Assert.Equal(0, _node.Pool.Outstanding);
        }

        private void AddFace()
        {
            LinkScope scope = Chance(40) ? LinkScope.Local : LinkScope.NonLocal;
            LinkType type = Chance(70) ? LinkType.PointToPoint : Pick([LinkType.MultiAccess, LinkType.AdHoc]);
            _twin.Faces.Add(new NaiveFace(_node.AddFace(scope, type), scope == LinkScope.Local, type));
        }

        private NaiveData DataOf(Name name)
        {
            ulong freshness = Pick<ulong>([0, 50, 7000]);
            byte[] packet = Wire.Data(name, freshness, []);
            return new NaiveData(name, (long)freshness, Convert.ToHexStringLower(SHA256.HashData(packet)), packet);
        }

        private long LifetimeMs() => Pick<long>([5, 30, 200, 4000]);

        private bool Chance(uint percent) => _random.NextBelow(100) < percent;

        private T Pick<T>(IReadOnlyList<T> from) => from[(int)_random.NextBelow((uint)from.Count)];
    }
}
