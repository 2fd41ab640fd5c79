using BenchmarkDotNet.Attributes;
using Piccolo.Forwarder;
using Piccolo.Ndn.Naming;

namespace Piccolo.Bench.Micro;

/// <summary>The forwarder's tables when they are full, and its whole exchange, in memory.</summary>
/// <remarks>Names are taken in an order that no cache line predicts.</remarks>
[MemoryDiagnoser]
public class TableBenchmarks
{
    private const ulong Million = 1_000_000;
    private const ulong Stride = 611_953;
    private const int NamesLookedUp = 4096;

    private readonly Name[] _names = new Name[NamesLookedUp];
    private BenchNode _node = null!;
    private ulong _next;

    /// <summary>Fills the FIB.</summary>
    [GlobalSetup(Target = nameof(FibLookupAmongOneMillion))]
    public void FillFib()
    {
        _node = new BenchNode(new ForwarderOptions { FibCapacity = 1 << 20 });
        for (ulong number = 0; number < Million; number++)
        {
            _node.AddPrefix(number);
        }

        for (int index = 0; index < NamesLookedUp; index++)
        {
            _names[index] = BenchNode.NameOf((ulong)index * Stride % Million);
        }
    }

    [Benchmark]
    public FaceId FibLookupAmongOneMillion() => _node.Core.FindNextHop(_names[(int)(_next++ % NamesLookedUp)].View);

    /// <summary>Fills the PIT.</summary>
    [GlobalSetup(Target = nameof(PitInsertAndMatchAmongOneMillion))]
    public void FillPit()
    {
        _node = new BenchNode(BigPit);
        for (ulong number = 0; number < Million; number++)
        {
            _node.ReceiveInterest(number);
        }

        _next = Million;
    }

    /// <summary>An Interest enters a PIT of a million others, and its Data takes it out; nothing is cached.</summary>
    [Benchmark]
    public void PitInsertAndMatchAmongOneMillion()
    {
        ulong number = _next++;
        _node.ReceiveInterest(number);
        _node.ReceiveData(number);
    }

    /// <summary>Fills the content store.</summary>
    [GlobalSetup(Target = nameof(ContentStoreHitAmong65536))]
    public void FillContentStore()
    {
        _node = new BenchNode(new ForwarderOptions());
        for (ulong number = 0; number < 65_536; number++)
        {
            _node.ReceiveInterest(number);
            _node.ReceiveData(number);
        }
    }

    [Benchmark]
    public void ContentStoreHitAmong65536()
    {
        _next = (_next + Stride) % 65_536;
        _node.ReceiveInterest(_next);
    }

    /// <summary>A forwarder with its tables at their usual sizes and a full content store.</summary>
    [GlobalSetup(Target = nameof(WholeExchange))]
    public void FillForExchange()
    {
        FillContentStore();
        _next = Million;
    }

    /// <summary>Interest in and out, Data in, cached (evicting another) and out.</summary>
    [Benchmark]
    public void WholeExchange()
    {
        ulong number = _next++;
        _node.ReceiveInterest(number);
        _node.ReceiveData(number);
    }

    internal static ForwarderOptions BigPit => new()
    {
        ContentStoreCapacity = 0,
        PitCapacity = 1 << 20,
        PitRecordCapacity = 1 << 20,
        PitOctetsMax = 512L << 20,
    };
}
